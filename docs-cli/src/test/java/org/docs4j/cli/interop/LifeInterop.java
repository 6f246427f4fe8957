package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.junit.jupiter.api.Test;

/** Restarts, between nodes of ours and real ones of today. */
class LifeInterop extends Interop {
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
    // A real node syncs nothing after a restart, and declines who asks, until it is told to share or to sync the document.
    Heard heard = listen(doc);
    doc.startSync(List.of(again.addr()));
    until("a session that is declined", () -> !heard.failures().isEmpty());
    System.out.println("a real node after a restart: " + heard.failures().get(0));
    assertEquals(100, again.count());
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

  @Test
  void when_ourNodeIsKilledInTheMiddle_then_itGoesOn() throws Exception {
    // Until the real node has noticed (30 s) it takes the session for alive and declines another: we ask again until it is free.
    RealPeer peer = real(PeerKind.CURRENT);
    NamespaceId id = NamespaceId.parse(peer.ask("create").asText());
    peer.ask("insert", "n", 20_000, "prefix", "k");
    Path folder = temporary.resolve("java");
    try (OurProcess killed = OurProcess.join(folder, temporary, peer.ask("share", "mode", "Write").asText())) {
      killed.awaitSome();
      killed.kill();
    }

    Docs again = java(folder);
    Doc doc = again.open(id);
    long kept = shown(doc);
    System.out.printf("killed with %d of 20000 entries%n", kept);
    // What came last was not committed yet: perhaps none of it is there.
    assertTrue(kept < 20_000, () -> kept + " entries");
    assertEquals(1, again.resumeSync());
    until("all entries", () -> shown(doc) == 20_000);
    set(doc, "after", "v");
    peer.awaitCount(20_001);
    assertEquals(peer.entries(), entries(doc));
  }

  /** Joins by ticket, up to the end of the first session. */
  private Doc joined(Docs docs, DocTicket ticket) {
    Doc doc = docs.importCapability(ticket.capability());
    Heard heard = listen(doc);
    doc.startSync(ticket.peers());
    until("a session", () -> !heard.sessions.isEmpty());
    return doc;
  }
}
