package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts, and many sessions, between nodes of ours and real ones of today. */
class LifeInterop extends Interop {
  private static final int SESSIONS = 100;

  @Test
  void when_theRealNodeIsRestarted_then_theDocumentGoesOn() throws Exception {
    String seed = "22".repeat(32);
    String folder = RealPeer.path(temporary.resolve("real"));
    RealPeer peer = real(PeerKind.CURRENT, "path", folder, "seed", seed);
    String id = peer.ask("create").asText();
    peer.ask("insert", "n", 100, "prefix", "k");
    String ticket = peer.ask("share", "mode", "Write").asText();
    Doc doc = joined(java(), DocTicket.parse(ticket));
    assertEquals(100, shown(doc));
    peer.close();
    set(doc, "meanwhile", "v");

    RealPeer again = real(PeerKind.CURRENT, "path", folder, "seed", seed);
    again.ask("open", "id", id);
    again.ask("share", "mode", "Write");
    doc.startSync(List.of(again.addr()));
    again.awaitCount(101);
    again.ask("set", "k", "after", "v", "v");
    until("an entry after the restart", () -> doc.get(Key.of("after")).isPresent());
  }

  @Test
  void when_ourNodeIsRestarted_then_itSyncsAgainByItself() throws Exception {
    RealPeer peer = real(PeerKind.CURRENT);
    peer.ask("create");
    peer.ask("insert", "n", 100, "prefix", "k");
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());
    Path folder = temporary.resolve("java");
    NamespaceId id;
    try (Docs docs = open(Docs.persistent(folder))) {
      Doc doc = joined(docs, ticket);
      id = doc.id();
      assertEquals(100, shown(doc));
    }
    peer.ask("set", "k", "meanwhile", "v", "v");

    Docs again = java(folder);
    assertEquals(1, again.resumeSync());
    Doc doc = again.open(id);
    until("what came meanwhile", () -> doc.get(Key.of("meanwhile")).isPresent());
    set(doc, "after", "v");
    peer.awaitCount(102);
  }

  /** Joins by ticket, up to the end of the first session. */
  private Doc joined(Docs docs, DocTicket ticket) {
    Doc doc = docs.importCapability(ticket.capability());
    Heard heard = listen(doc);
    doc.startSync(ticket.peers());
    until("a session", () -> !heard.sessions.isEmpty());
    return doc;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_aHundredSessionsAreBegunByUs_then_theRealNodeReportsNoFailure(boolean itsIdIsSmall) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    peer.ask("create");
    peer.ask("subscribe");
    peer.ask("insert", "n", 100, "prefix", "k");
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());
    Doc doc = java().importCapability(ticket.capability());
    Heard heard = listen(doc);

    for (int i = 1; i <= SESSIONS; i++) {
      set(doc, "ours" + i, "v");
      peer.ask("set", "k", "theirs" + i, "v", "v");
      int sessions = heard.sessions.size();
      doc.startSync(ticket.peers());
      until("session " + i, () -> heard.sessions.size() > sessions);
      int expected = 100 + 2 * i;
      until("the entries of round " + i, () -> shown(doc) == expected);
      peer.awaitCount(expected);
      doc.leave();
    }

    assertEquals(List.of(), heard.failures());
    assertEquals(List.of(), failures(peer));
    assertTrue(peer.ask("ev").path("syncs").size() >= SESSIONS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void when_aHundredSessionsAreBegunByTheRealNode_then_itReportsNoFailure(boolean itsIdIsSmall) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT, "seed", seed(itsIdIsSmall));
    Docs docs = java();
    Doc doc = docs.create();
    insert(doc, "k", 0, 100);
    Heard heard = listen(doc);
    String ticket = doc.share(Capability.Kind.WRITE).encode();
    peer.ask("import", "ticket", ticket);
    peer.ask("subscribe");

    for (int i = 1; i <= SESSIONS; i++) {
      set(doc, "ours" + i, "v");
      peer.ask("set", "k", "theirs" + i, "v", "v");
      peer.ask("startSync", "ticket", ticket);
      peer.await("waitSync", i);
      int expected = 100 + 2 * i;
      until("the entries of round " + i, () -> shown(doc) == expected);
      peer.awaitCount(expected);
      peer.ask("leave");
    }

    assertEquals(List.of(), heard.failures());
    assertEquals(List.of(), failures(peer));
  }

  /** What the real node reports as failed; not that it dialled us when we had just left the document, and was told so. */
  private static List<String> failures(RealPeer peer) throws IOException {
    List<String> all = new ArrayList<>();
    for (JsonNode session : peer.ask("ev").path("syncs")) {
      if (session.hasNonNull("result") && !session.path("result").asText().contains("NotFound")) {
        all.add(session.path("origin").asText() + ": " + session.path("result").asText());
      }
    }
    return all;
  }
}
