package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.Query;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The insert rule, case by case. */
class InsertRuleTest {
  private static final NamespaceId NAME = Entries.namespace(1);
  private static final AuthorId ALICE = Entries.author(2);
  private static final AuthorId BOB = Entries.author(3);

  private final WatchedStore watched = new WatchedStore(StoresUnderTest.memory(), 480);
  private final ReplicaStore store = KeyValueReplicaStore.open(watched);
  private final ReplicaWriter writer = store.write();
  private final List<SignedEntry> removed = new ArrayList<>();

  @AfterEach
  void close() {
    writer.close();
    store.close();
  }

  @Test
  void put_identicalEntry_isObsolete() {
    SignedEntry entry = entry(ALICE, "a", 5, 1);
    assertEquals(new InsertOutcome.Inserted(0), put(entry));
    assertEquals(new InsertOutcome.Obsolete(entry), put(entry));
    assertEquals(1, writer.count(NAME));
  }

  @Test
  void put_equalTimestamps_theGreaterHashStays() {
    SignedEntry one = entry(ALICE, "a", 5, 1);
    SignedEntry two = entry(ALICE, "a", 5, 2);
    boolean oneIsGreater = one.record().compareTo(two.record()) > 0;
    SignedEntry greater = oneIsGreater ? one : two;
    SignedEntry less = oneIsGreater ? two : one;
    put(less);
    assertEquals(new InsertOutcome.Inserted(0), put(greater));
    assertEquals(new InsertOutcome.Obsolete(greater), put(less));
    assertEquals(Optional.of(greater), writer.get(greater.id()));
  }

  @Test
  void put_tombstoneAtThePlace_protectsItself() {
    SignedEntry tombstone = entry(ALICE, "a", 5, 0);
    put(tombstone);
    assertEquals(new InsertOutcome.Obsolete(tombstone), put(entry(ALICE, "a", 4, 1)));
    assertEquals(new InsertOutcome.Obsolete(tombstone), put(entry(ALICE, "a/b", 5, 0)));
    assertEquals(new InsertOutcome.Inserted(0), put(entry(ALICE, "a/b", 6, 1)));
  }

  @Test
  void put_emptyKey_removesAndProtectsAllOfItsAuthor() {
    SignedEntry first = entry(ALICE, "a", 1, 1);
    SignedEntry newer = entry(ALICE, "b", 9, 1);
    SignedEntry others = entry(BOB, "a", 1, 1);
    put(first);
    put(newer);
    put(others);
    SignedEntry empty = entry(ALICE, "", 5, 0);
    assertEquals(new InsertOutcome.Inserted(1), put(empty));
    assertEquals(List.of(first), removed);
    assertEquals(new InsertOutcome.Obsolete(empty), put(entry(ALICE, "c", 5, 0)));
    assertEquals(new InsertOutcome.Obsolete(empty), put(entry(ALICE, "", 4, 3)));
    assertEquals(List.of(empty, newer, others), writer.page(NAME, Query.all().withEmpty(), Optional.empty(), 9));
  }

  @Test
  void put_aboveNewerEntries_stillProtectsTheirNeighbours() {
    put(entry(ALICE, "dir/m", 9, 1));
    SignedEntry dir = entry(ALICE, "dir/", 5, 0);
    put(dir);
    assertEquals(new InsertOutcome.Obsolete(dir), put(entry(ALICE, "dir/n", 4, 1)));
    assertEquals(new InsertOutcome.Inserted(0), put(entry(ALICE, "dir/n", 6, 1)));
    assertEquals(new InsertOutcome.Obsolete(dir), put(entry(ALICE, "dir/o", 3, 1)));
  }

  @Test
  void put_manyNestedPrefixes_removesTheOlderInOrder() {
    List<SignedEntry> older = new ArrayList<>();
    for (int length = 1; length <= 40; length++) {
      SignedEntry entry = entry(ALICE, "x".repeat(length), length, 1);
      put(entry);
      if (length > 1 && length <= 20) {
        older.add(entry);
      }
    }
    assertEquals(new InsertOutcome.Inserted(19), put(entry(ALICE, "x", 20, 0)));
    assertEquals(older, removed);
    assertEquals(21, writer.count(NAME));
  }

  @Test
  void heads_afterDeletions_areMaxima() {
    put(entry(ALICE, "a/b", 9, 1));
    put(entry(ALICE, "c", 2, 1));
    put(entry(ALICE, "a", 10, 0));
    put(entry(BOB, "a", 3, 1));
    assertEquals(
        AuthorHeads.of(Map.of(ALICE, new Timestamp(10), BOB, new Timestamp(3))), writer.heads(NAME));
    writer.drop(NAME);
    assertEquals(AuthorHeads.NONE, writer.heads(NAME));
    put(entry(BOB, "a", 1, 1));
    assertEquals(AuthorHeads.of(Map.of(BOB, new Timestamp(1))), writer.heads(NAME));
  }

  @Test
  void drop_documentWithFreshEntries_leavesNoHeads() {
    put(entry(ALICE, "a", 9, 1));
    writer.drop(NAME);
    assertEquals(AuthorHeads.NONE, writer.heads(NAME));
    assertEquals(0, writer.count(NAME));
  }

  @Test
  void put_manyNeighboursAndNoParents_looksAtFewRows() {
    for (int i = 0; i < 2000; i++) {
      put(entry(ALICE, "%04d/%d".formatted(i * 7919 % 2000, i), 1, 1));
    }
    watched.takeReads();
    for (int i = 0; i < 100; i++) {
      put(entry(ALICE, "%04d/%d/new".formatted(i * 17, i), 1, 1));
    }
    long reads = watched.takeReads();
    assertTrue(reads < 100 * 10, () -> reads + " reads for 100 entries");
  }

  @Test
  void put_aboveManyNewerEntries_looksAtFewRows() {
    for (int i = 0; i < 3000; i++) {
      put(entry(ALICE, "dir/%04d".formatted(i), 1000, 1));
    }
    put(entry(ALICE, "dir/", 1, 0));
    watched.takeReads();
    for (int i = 2; i < 102; i++) {
      assertEquals(new InsertOutcome.Inserted(0), put(entry(ALICE, "dir/", i, 0)));
    }
    long reads = watched.takeReads();
    assertTrue(reads < 100 * 80, () -> reads + " reads for 100 entries");
  }

  @Test
  void put_besideManyOlderEntries_looksAtFewRows() {
    for (int i = 0; i < 3000; i++) {
      put(entry(ALICE, "b/%04d".formatted(i), 1, 1));
    }
    put(entry(ALICE, "a/x", 2, 1));
    watched.takeReads();
    assertEquals(new InsertOutcome.Inserted(1), put(entry(ALICE, "a/", 3, 0)));
    long reads = watched.takeReads();
    assertTrue(reads < 3 * 80, () -> reads + " reads for one entry");
  }

  @Test
  void put_afterRollback_findsNothingOfIt() {
    put(entry(ALICE, "a", 5, 0));
    writer.close();
    try (ReplicaWriter again = store.write()) {
      assertEquals(0, again.count(NAME));
      assertEquals(AuthorHeads.NONE, again.heads(NAME));
      assertEquals(new InsertOutcome.Inserted(0), again.put(entry(ALICE, "a/b", 1, 1), removed::add));
      again.commit(Durability.SYNC);
    }
    try (ReplicaReader reader = store.read()) {
      assertEquals(1, reader.count(NAME));
    }
  }

  private InsertOutcome put(SignedEntry entry) {
    removed.clear();
    return writer.put(entry, removed::add);
  }

  private static SignedEntry entry(AuthorId author, String key, long timestamp, int content) {
    return Entries.entry(new RecordIdentifier(NAME, author, Key.of(key)), timestamp, content);
  }
}
