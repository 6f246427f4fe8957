package org.docs4j.cli.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.docs4j.api.model.Capability;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.model.Key;
import org.docs4j.api.ReadOnlyReplicaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole documents between a node of ours and a real one of today, both ways, by ticket. */
class DocumentsInterop extends Interop {
  @ParameterizedTest
  @CsvSource({"READ,1", "READ,1000", "READ,20000", "WRITE,1", "WRITE,1000", "WRITE,20000"})
  void when_aRealNodeJoinsOurTicket_then_itHasAllEntries(Capability.Kind kind, int entries) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    insert(doc, "ours", 0, entries);

    peer.ask("joinsub", "ticket", doc.share(kind).encode());
    peer.awaitCount(entries);
    assertEquals(entries(doc), peer.entries());

    if (kind == Capability.Kind.WRITE) {
      peer.ask("insert", "n", 20, "prefix", "theirs");
      until("the entries of the real node", () -> shown(doc) == entries + 20);
      assertEquals(entries(doc), peer.entries());
    } else {
      AssertionError refusal = assertThrows(AssertionError.class, () -> peer.ask("set", "k", "a", "v", "b"));
      assertEquals("the 1.x node answered to set: Attempted to insert to read only replica", refusal.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"Read,1", "Read,1000", "Read,20000", "Write,1", "Write,1000", "Write,20000"})
  void when_weJoinTheTicketOfARealNode_then_weHaveAllEntries(String mode, int entries) throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    peer.ask("create");
    peer.ask("insert", "n", entries, "prefix", "theirs");

    Doc doc = java().join(DocTicket.parse(peer.ask("share", "mode", mode).asText()));
    until("all entries of the real node", () -> shown(doc) == entries);
    assertEquals(peer.entries(), entries(doc));

    if (mode.equals("Write")) {
      insert(doc, "ours", 0, 20);
      peer.awaitCount(entries + 20);
      assertEquals(peer.entries(), entries(doc));
    } else {
      assertThrows(ReadOnlyReplicaException.class, () -> set(doc, "a", "b"));
    }
  }

  @Test
  void when_bothSidesOverwriteAndDelete_then_bothShowTheSame() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    insert(doc, "a/", 0, 100);
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode());
    peer.awaitCount(100);
    peer.ask("insert", "n", 100, "prefix", "b/");
    until("the entries of the real node", () -> shown(doc) == 200);

    set(doc, "a/00000001", "again");
    doc.delete(doc.defaultAuthor(), Key.of("a/0000005"));
    peer.ask("set", "k", "b/00000001", "v", "again");
    peer.ask("del", "k", "b/0000005");

    peer.awaitCount(180);
    until("the deletions and the changes", () -> shown(doc) == 180);
    until("the same entries on both sides", () -> entries(doc).equals(peer.entries()));
  }

  @Test
  void when_bothChangedADocumentApart_then_aSessionBringsThemTogether() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    insert(doc, "k", 0, 50);
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode());
    peer.awaitCount(50);
    doc.leave();

    insert(doc, "ours", 0, 30);
    set(doc, "k00000003", "changed by us");
    peer.ask("insert", "n", 30, "prefix", "theirs");
    peer.ask("set", "k", "k00000004", "v", "changed by them");
    doc.startSync(List.of(peer.addr()));

    peer.awaitCount(111);
    until("the same entries on both sides", () -> entries(doc).equals(peer.entries()));
  }

  @Test
  void when_weDeletedApart_then_nothingComesBackToUs() throws IOException {
    // A real node lets an older entry replace a newer deletion of the same key and does not know that deletions protect what
    // is below them, so that it may go on showing what we deleted. We answer with the deletion and keep to it.
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    insert(doc, "k", 0, 20);
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode());
    peer.awaitCount(20);
    doc.leave();

    doc.delete(doc.defaultAuthor(), Key.of("k0000000"));
    Heard heard = listen(doc);
    doc.startSync(List.of(peer.addr()));

    until("a session after the deletion", () -> !heard.sessions.isEmpty());
    peer.ask("set", "k", "later", "v", "v");
    until("a later entry", () -> doc.get(Key.of("later")).isPresent());
    assertEquals(11, shown(doc), "nothing that was deleted is shown again");
    assertTrue(heard.arrivals.keySet().stream().noneMatch(key -> key.startsWith("k0000000")), heard.arrivals::toString);
    System.out.printf("after our deletion of 10 of 20 entries: we show %d, the real node %d%n", shown(doc), peer.count());
  }

  @Test
  void when_theRealNodeDeletedApart_then_weFollow() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    peer.ask("create");
    peer.ask("insert", "n", 20, "prefix", "k");
    DocTicket ticket = DocTicket.parse(peer.ask("share", "mode", "Write").asText());
    Doc doc = java().join(ticket);
    until("its entries", () -> shown(doc) == 20);
    doc.leave();

    peer.ask("del", "k", "k0000000");
    doc.startSync(ticket.peers());

    until("the deletion", () -> shown(doc) == 10);
    set(doc, "later", "v");
    peer.awaitCount(11);
    assertEquals(peer.entries(), entries(doc));
  }

  @Test
  void when_anEmptyValueIsWritten_then_bothRefuseItClearly() throws IOException {
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    peer.ask("create");

    InvalidEntryException ours = assertThrows(InvalidEntryException.class, () -> set(doc, "empty", ""));
    AssertionError theirs = assertThrows(AssertionError.class, () -> peer.ask("set", "k", "empty", "v", ""));

    System.out.println("empty values: we say \"" + ours.getMessage() + "\"; " + theirs.getMessage());
    assertTrue(ours.getMessage().contains("without content"), ours::getMessage);
    assertTrue(theirs.getMessage().contains("empty"), theirs::getMessage);
    assertEquals(0, shown(doc));
  }

  @Test
  void when_aKeyHas5000Bytes_then_itArrivesAndLiveUpdatesGoOn() throws IOException {
    // Too large for gossip: a session has to bring it. A real node that tries to send such an entry never says anything again.
    RealPeer peer = real(PeerKind.CURRENT);
    Doc doc = java().create();
    Heard heard = listen(doc);
    set(doc, "first", "1");
    peer.ask("joinsub", "ticket", doc.share(Capability.Kind.WRITE).encode(), "track", true);
    peer.await("waitInserts", 1);
    updateBothWays(LivePhase.begin(peer, doc, heard), "before", 10);

    int sessions = heard.sessions.size();
    String longKey = "long".repeat(1250);
    set(doc, longKey, "content of a long key");
    peer.await("waitInserts", 12);
    assertTrue(peer.ask("seen").has(longKey), "the long key arrived");
    until("the session that brought it", () -> heard.sessions.size() > sessions);
    updateBothWays(LivePhase.begin(peer, doc, heard), "after", 20);
    assertEquals(62, shown(doc));
    assertEquals(peer.entries(), entries(doc));
  }

  /** Writes on both sides in turn, each time as soon as the other side has heard of the write before. */
  private static void updateBothWays(LivePhase live, String prefix, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      live.write(prefix + "Ours" + i);
      live.writeThere(prefix + "Theirs" + i);
    }
    live.end();
  }
}
