package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    assertEquals(entries(doc), peer.entries());
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
    assertEquals(peer.entries(), entries(doc));
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_35", "V0_28"})
  void when_bothOverwriteApart_then_bothHaveTheNewest(PeerKind kind) throws IOException {
    RealPeer peer = real(kind);
    Doc doc = java().create();
    insert(doc, "ours", 0, 50);
    String ticket = doc.share(Capability.Kind.WRITE).encodeLegacy();
    peer.ask("joinsub", "ticket", ticket);
    peer.awaitCount(50);
    peer.ask("insert", "n", 50, "prefix", "theirs");
    peer.ask("leave");
    peer.ask("startSync", "ticket", ticket);
    until("the entries of the old node", () -> shown(doc) == 100);
    Map<String, String> before = entries(doc);
    assertEquals(before, peer.entries());
    peer.ask("leave");
    doc.leave();

    set(doc, "ours00000003", "changed by us");
    peer.ask("set", "k", "theirs00000004", "v", "changed by them");
    // And one key of which each has an entry.
    set(doc, "theirs00000005", "ours beside theirs");
    peer.ask("set", "k", "ours00000006", "v", "theirs beside ours");
    doc.startSync(List.of());
    peer.ask("startSync", "ticket", ticket);

    until("the same entries on both sides", () -> shown(doc) == 102 && entries(doc).equals(peer.entries()));
    Map<String, String> after = entries(doc);
    assertEquals(2, before.entrySet().stream().filter(old -> !old.getValue().equals(after.get(old.getKey()))).count());
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_35", "V0_28"})
  void when_weDeletedWhatTheOldNodeHas_then_nothingComesBackToUs(PeerKind kind) throws IOException {
    // An old node lets older entries replace a newer deletion, and does not know that a deletion protects what is below it: it
    // may go on showing what we deleted, and offers it again in each session. We answer with the deletion and keep to it.
    RealPeer peer = real(kind);
    Doc doc = java().create();
    insert(doc, "k", 0, 20);
    String ticket = doc.share(Capability.Kind.WRITE).encodeLegacy();
    peer.ask("joinsub", "ticket", ticket);
    peer.awaitCount(20);
    peer.ask("leave");
    doc.delete(doc.defaultAuthor(), Key.of("k0000000"));
    Heard heard = listen(doc);

    for (int session = 1; session <= 3; session++) {
      int before = heard.sessions.size();
      String later = "later" + session;
      peer.ask("set", "k", later, "v", "v");
      peer.ask("startSync", "ticket", ticket);
      until("session " + session, () -> heard.sessions.size() > before && doc.get(Key.of(later)).isPresent());
      peer.ask("leave");
      assertEquals(10 + session, shown(doc), "nothing that was deleted is shown again");
    }
    assertTrue(heard.arrivals.keySet().stream().noneMatch(key -> key.startsWith("k0000000")), heard.arrivals::toString);
    System.out.printf("after our deletion of 10 of 20 entries: we show %d, the %s node %d%n", shown(doc), kind.version, peer.count());
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_35", "V0_28"})
  void when_theOldNodeDeletedWhatWeHave_then_weFollow(PeerKind kind) throws IOException {
    RealPeer peer = real(kind);
    peer.ask("create");
    peer.ask("insert", "n", 20, "prefix", "k");
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());
    Doc doc = java().join(ticket);
    until("its entries", () -> shown(doc) == 20);
    doc.leave();

    peer.ask("del", "k", "k0000000");
    doc.startSync(ticket.peers());

    until("the deletion", () -> shown(doc) == 10);
    // In that very session the old node took what it had deleted back from us; in the next one we answer with the deletion.
    Heard heard = listen(doc);
    doc.leave();
    doc.startSync(ticket.peers());
    until("another session", () -> !heard.sessions.isEmpty());
    peer.awaitCount(10);
    assertEquals(10, shown(doc));
    assertEquals(peer.entries(), entries(doc));
  }

  private static boolean hasContent(Doc doc) {
    try {
      return List.of("some content").contains(new String(doc.content(doc.get(Key.of("content")).orElseThrow(), 100), java.nio.charset.StandardCharsets.UTF_8));
    } catch (org.docs4j.api.BlobNotFoundException e) {
      return false;
    }
  }
}
