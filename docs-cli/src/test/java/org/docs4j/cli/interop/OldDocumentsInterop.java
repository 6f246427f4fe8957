package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents between nodes of ours and real ones of older releases, by sync sessions: their gossip is another one. */
class OldDocumentsInterop extends Interop {
  @ParameterizedTest
  @EnumSource(names = {"V0_35", "V0_28"})
  void when_anOldNodeJoinsOurTicket_then_bothHaveEverything(PeerKind kind) throws IOException {
    RealPeer peer = real(kind);
    Docs docs = java();
    Doc doc = docs.create();
    insert(doc, "ours", 0, 500);
    set(doc, "content", "some content");
    DocTicket ticket = doc.share(Capability.Kind.WRITE);

    peer.ask("joinsub", "ticket", ticket.encodeLegacy());
    peer.awaitCount(501);
    peer.awaitContent("content");
    peer.ask("insert", "n", 100, "prefix", "theirs");
    peer.ask("leave");
    peer.ask("startSync", "ticket", ticket.encodeLegacy());

    until("the entries of the old node", () -> shown(doc) == 601);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_35", "V0_28"})
  void when_weJoinTheTicketOfAnOldNode_then_bothHaveEverything(PeerKind kind) throws IOException {
    RealPeer peer = real(kind);
    peer.ask("create");
    peer.ask("insert", "n", 500, "prefix", "theirs");
    peer.ask("set", "k", "content", "v", "some content");
    peer.ask("del", "k", "theirs0000001");
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());

    Doc doc = java().join(ticket);
    until("the entries of the old node", () -> shown(doc) == 491);
    until("its content", () -> hasContent(doc));
    insert(doc, "ours", 0, 100);
    doc.delete(doc.defaultAuthor(), Key.of("ours0000001"));
    doc.leave();
    doc.startSync(ticket.peers());

    peer.awaitCount(581);
    assertEquals(581, shown(doc));
  }

  private static boolean hasContent(Doc doc) {
    try {
      return List.of("some content").contains(new String(doc.content(doc.get(Key.of("content")).orElseThrow(), 100), java.nio.charset.StandardCharsets.UTF_8));
    } catch (org.docs4j.api.BlobNotFoundException e) {
      return false;
    }
  }
}
