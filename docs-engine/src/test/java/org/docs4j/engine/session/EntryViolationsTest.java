package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.api.Test;

/**
 * What a peer can do with the entries of a session that real nodes do not stand (WIRE 11), like {@link
 * ProtocolViolationsTest}.
 */
class EntryViolationsTest extends HostileSessions {
  @Test
  void item6_sameEntryWithAnotherLength_isTheOneThatCameFirst() {
    SignedEntry first = signed("k", new Record(5, CONTENT, new Timestamp(9)));
    SignedEntry second = signed("k", new Record(6, CONTENT, new Timestamp(9)));
    peer.send(true, offer(true, first));
    peer.send(true, offer(true, second));
    assertTrue(node.entries().contains(first) && !node.entries().contains(second));
  }

  @Test
  void item14_olderEntriesUnderATombstone_stayDeletedAndAreAnsweredWithIt() {
    node.set(AUTHOR, "deleted", "x");
    node.delete(AUTHOR, "del");
    SignedEntry tombstone = node.entries().stream().filter(e -> e.id().key().equals(Key.of("del"))).findFirst().orElseThrow();
    SignedEntry atIt = signed("del", new Record(1, CONTENT, new Timestamp(9)));
    SignedEntry below = signed("deleted", new Record(1, CONTENT, new Timestamp(9)));
    peer.send(true, offer(false, atIt, below));
    peer.send(true, offer(true, atIt, below));
    assertEquals(2, peer.entries().stream().filter(tombstone::equals).count());
    assertTrue(node.entries().stream().noneMatch(e -> e.equals(atIt) || e.equals(below)));
  }

  @Test
  void item15_olderEntryAtTheEmptyKey_doesNotReplaceANewerOne() {
    SignedEntry newer = signed("", new Record(1, CONTENT, new Timestamp(20)));
    SignedEntry older = signed("", new Record(2, Hash.ofContent(new byte[] {2}), new Timestamp(10)));
    SignedEntry below = signed("below", new Record(2, CONTENT, new Timestamp(15)));
    peer.send(true, offer(true, newer));
    peer.send(true, offer(true, older, below));
    assertTrue(node.entries().contains(newer));
    assertTrue(node.entries().stream().noneMatch(e -> e.equals(older) || e.equals(below)));
  }

  @Test
  void item16_contentWithoutLengthAndLengthWithoutContent_areRejected() {
    peer.send(
        true,
        offer(
            true,
            signed("a", new Record(5, Hash.EMPTY, new Timestamp(9))),
            signed("b", new Record(0, CONTENT, new Timestamp(9)))));
    assertEquals(2, rejected());
    assertLogged("refused 2 from", ValidationFailure.INCONSISTENT_EMPTY.sentence());
  }

  @Test
  void item17_olderEntriesAndDeletions_neverMoveHeadsBack() {
    peer.send(true, offer(true, signed("new", new Record(1, CONTENT, new Timestamp(90)))));
    peer.send(true, offer(true, signed("old", new Record(1, CONTENT, new Timestamp(50)))));
    peer.send(true, offer(true, signed("n", Record.tombstone(new Timestamp(95)))));
    peer.send(true, offer(true, signed("o", new Record(1, CONTENT, new Timestamp(60)))));
    AuthorHeads heads = node.await(node.sync.heads(Entries.NAMESPACE.id(), Integer.MAX_VALUE));
    assertEquals(Optional.of(new Timestamp(95)), heads.head(AUTHOR.id()));
  }

  @Test
  void item20_entriesOfTheFuture_areTakenUpToTenMinutesAhead() {
    SignedEntry near = signed("near", new Record(1, CONTENT, now().plus(Duration.ofMinutes(9))));
    SignedEntry far = signed("far", new Record(1, CONTENT, now().plus(Duration.ofMinutes(11))));
    peer.send(true, offer(true, near, far));
    assertTrue(node.entries().contains(near) && !node.entries().contains(far));
    assertEquals(1, rejected());
    assertLogged("refused 1 from", ValidationFailure.TOO_FAR_IN_FUTURE.sentence());
  }

  @Test
  void item21_entriesThatAreRejected_doNotCountAsReceived() {
    sim.runUntil(() -> node.accepted.size() == 1, Duration.ofMinutes(1));
    long before = node.accepted.stream().mapToLong(SessionResult::received).sum();
    SignedEntry forged = Entries.unsigned(AUTHOR, "forged", 5, "x");
    peer.send(true, offer(true, forged, forged, signed("good", new Record(1, CONTENT, new Timestamp(5)))));
    assertEquals(2, rejected());
    assertEquals(before + 1, node.accepted.stream().mapToLong(SessionResult::received).sum());
    Map<AuthorId, Timestamp> heads = node.await(node.sync.heads(Entries.NAMESPACE.id(), Integer.MAX_VALUE)).heads();
    assertEquals(new Timestamp(5), heads.get(AUTHOR.id()));
    assertLogged("refused 2 from", ValidationFailure.BAD_SIGNATURE.sentence());
  }

  /** What is held here as it comes is not checked again; forged entries stand where those do in the whole message. */
  @Test
  void item21_forgedEntriesAmongHeldOnes_areRejected() {
    Record record = new Record(1, CONTENT, new Timestamp(5));
    SignedEntry[] held = {signed("h0", record), signed("h1", record), signed("h2", record)};
    peer.send(true, offer(true, held));
    SignedEntry twin = Entries.unsigned(AUTHOR, "h0", 9, "x");
    SignedEntry forged = Entries.unsigned(AUTHOR, "forged", 5, "x");
    SignedEntry fresh = signed("new", record);
    Part wanted = items(true, signed("a", record), signed("b", record), signed("c", record));
    peer.send(true, init(wanted, items(false, twin, forged, fresh, held[0], held[1], held[2])));
    assertEquals(2, rejected());
    assertLogged("refused 2 from", ValidationFailure.BAD_SIGNATURE.sentence());
    assertTrue(node.entries().containsAll(List.of(held[0], fresh)));
    assertTrue(node.entries().stream().noneMatch(entry -> entry.equals(twin) || entry.equals(forged)));
  }

  @Test
  void item22_entryAheadOfOurClock_isFollowedByOurNextWrite() {
    SignedEntry ahead = signed("k", new Record(1, CONTENT, now().plus(Duration.ofMinutes(5))));
    peer.send(true, offer(true, ahead));
    assertTrue(node.set(AUTHOR, "k", "ours").entry().record().timestamp().isAfter(ahead.record().timestamp()));
  }

  @Test
  void item26_manyValuesAtOnce_areRefusedOneByOne() {
    SignedEntry[] forged = new SignedEntry[5000];
    for (int i = 0; i < forged.length; i++) {
      forged[i] = Entries.unsigned(AUTHOR, "k" + i + ".", 5, "x");
    }
    byte[] many = offer(false, forged);
    peer.send(true, init(differing(Range.all(Range.ZERO))), sync(items(false, forged)));
    assertTrue(many.length > 1 << 20);
    assertEquals(forged.length, rejected());
    assertLogged("refused", ValidationFailure.BAD_SIGNATURE.sentence());
  }

  @Test
  void item29_tombstoneOverVeryManyEntries_removesThem() {
    for (int i = 0; i < 3000; i++) {
      node.set(AUTHOR, "many " + i + ".", "x");
    }
    peer.send(true, offer(true, signed("many", Record.tombstone(now()))));
    assertTrue(node.entries().stream().noneMatch(e -> e.id().key().toString().startsWith("many ")));
  }

  @Test
  void item30_keysOfOneMebibyte_areTakenAndLongerOnesAreRefusedAlone() {
    byte[] key = new byte[Key.MAX_BYTES];
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(key));
    SignedEntry entry = new Entry(id, new Record(1, CONTENT, new Timestamp(5))).sign(Entries.NAMESPACE, AUTHOR);
    peer.send(true, offer(true, entry));
    assertTrue(node.entries().contains(entry));
    RecordIdentifier longer = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), id.key().next());
    SignedEntry tooLong = new Entry(longer, new Record(1, CONTENT, new Timestamp(9))).sign(Entries.NAMESPACE, AUTHOR);
    SignedEntry before = signed("before", new Record(1, CONTENT, new Timestamp(5)));
    SignedEntry after = signed("after", new Record(1, CONTENT, new Timestamp(5)));
    peer.send(true, offer(true, before, tooLong, after));
    assertEquals(1, rejected());
    assertLogged("refused 1 from", ValidationFailure.KEY_TOO_LONG.sentence());
    assertTrue(node.entries().containsAll(List.of(before, after)) && !node.entries().contains(tooLong));
    byte[] text = "later".getBytes(StandardCharsets.UTF_8);
    peer.send(true, offer(true, signed("later", new Record(text.length, CONTENT, new Timestamp(5)))));
    node.delete(AUTHOR, "");
  }
}
