package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.docs4j.api.model.InsertOutcome;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that part from each other one by one, where a search for a parent has the longest way. */
class PartingKeysTest {
  private static final NamespaceId NAME = Entries.namespace(1);

  private static SignedEntry entry(int stem, String end, long timestamp) {
    Key key = Key.of("b".repeat(stem) + end);
    return Entries.entry(Entries.id(NAME, Entries.author(2), key), timestamp, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void put_withRollbacksBetween_followsTheInsertRule(long seed) {
    Random random = new Random(seed);
    NaiveReplica model = new NaiveReplica();
    int refused = 0;
    int removed = 0;
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory())) {
      for (int round = 0; round < 60; round++) {
        NaiveReplica before = model.copy();
        try (ReplicaWriter writer = store.write()) {
          for (int i = 0; i < 50; i++) {
            SignedEntry entry = random(random);
            List<SignedEntry> gone = new ArrayList<>();
            InsertOutcome outcome = writer.put(entry, gone::add);
            List<SignedEntry> protectors = model.protectors(entry);
            if (protectors.isEmpty()) {
              assertEquals(new InsertOutcome.Inserted(gone.size()), outcome);
              assertEquals(model.insert(entry), gone);
              removed += gone.size();
            } else {
              assertTrue(protectors.contains(assertInstanceOf(InsertOutcome.Obsolete.class, outcome).parent()));
              refused++;
            }
          }
          if (random.nextInt(3) > 0) {
            writer.commit(Durability.LAZY);
          } else {
            model = before;
          }
        }
      }
    }
    assertTrue(refused > 30 && removed > 30, "a weak case");
  }

  /** Longer keys tend to be newer, so that many stand at prefixes of each other. */
  private static SignedEntry random(Random random) {
    int stem = random.nextInt(5) == 0 ? random.nextInt(60) : 60 - random.nextInt(8);
    String end = List.of("", "a", "aa", "c", "ca").get(random.nextInt(5));
    return entry(stem, end, 1 + 3 * stem + random.nextInt(120));
  }

  @Test
  void put_manyTimesAtTheLongestWay_searchesItOnce() {
    int stems = 300;
    WatchedStore watched = new WatchedStore(StoresUnderTest.memory(), 480);
    try (ReplicaStore store = KeyValueReplicaStore.open(watched);
        ReplicaWriter writer = store.write()) {
      for (int i = 0; i < stems; i++) {
        writer.put(entry(i, "a", 1000), removed -> {});
      }
      long[] reads = new long[stems];
      for (int i = 0; i < stems; i++) {
        // Now and then an older entry comes above all of them, or the one that is the parent is replaced or removed.
        if (i % 3 == 0) {
          writer.put(entry(i % 7, "", 1 + i), removed -> {});
        }
        watched.takeReads();
        writer.put(entry(stems, "c" + i, 1000), removed -> {});
        reads[i] = watched.takeReads();
      }
      Arrays.sort(reads);
      long middle = reads[stems / 2];
      assertTrue(middle <= 4 * Parents.FEW, () -> middle + " rows read by an insert");
      long whole = Arrays.stream(reads).filter(count -> count > 8 * Parents.FEW).count();
      assertTrue(whole <= 2, () -> whole + " inserts searched the whole way");
    }
  }

  @Test
  void put_belowOneThatCameBetween_isRefusedWhereNoneStoodBefore() {
    int stems = 100;
    try (ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
        ReplicaWriter writer = store.write()) {
      for (int i = 0; i < stems; i++) {
        writer.put(entry(i, "a", 1000), removed -> {});
      }
      SignedEntry above = entry(5, "", 10);
      writer.put(above, removed -> {});
      assertEquals(new InsertOutcome.Inserted(0), writer.put(entry(stems, "c", 1000), removed -> {}));
      assertEquals(new InsertOutcome.Obsolete(above), writer.put(entry(stems, "d", 5), removed -> {}));
      SignedEntry between = entry(30, "", 500);
      assertEquals(new InsertOutcome.Inserted(0), writer.put(between, removed -> {}));
      assertEquals(new InsertOutcome.Obsolete(between), writer.put(entry(stems, "e", 400), removed -> {}));
      SignedEntry instead = entry(20, "", 600);
      assertEquals(new InsertOutcome.Inserted(1), writer.put(instead, removed -> {}));
      assertEquals(new InsertOutcome.Obsolete(instead), writer.put(entry(stems, "f", 550), removed -> {}));
    }
  }
}
