package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.Segment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The worst orders and identifiers that a peer could choose: the tree of the range index stays flat, its rows small, and
 * an insert or a question reads and writes as few rows as ever.
 */
class WorstOrdersTest {
  private static final NamespaceId NAME = Entries.namespace(1);
  private static final AuthorId PEER = Entries.author(2);
  private static final int NODE_BYTES = 4070;
  private static final int SHORT_KEYS = 4000;
  private static final int LONG_KEYS = 200;
  private static final int LONG = 60 << 10;
  private static final int BATCH = 50;

  /** Rows that one insert may look at: a bucket that is cut, the way to it, and the neighbours of its place. */
  private static final long READS_OF_AN_INSERT = 64 + 40;

  /** Rows that a question may look at: two buckets and the ways to them. */
  private static final long READS_OF_A_RANGE = 2 * (64 + 40);

  /** Of three levels, as many as a million records need, a change may touch every one, and cut it. */
  private static final int LEVELS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void put_ascending_costStaysBounded(StoresUnderTest kind) {
    fill(kind, SHORT_KEYS, 0, i -> number(i));
  }

  @ParameterizedTest
  @EnumSource
  void put_descending_costStaysBounded(StoresUnderTest kind) {
    fill(kind, SHORT_KEYS, 0, i -> number(SHORT_KEYS - i));
  }

  @ParameterizedTest
  @EnumSource
  void put_alternatingEnds_costStaysBounded(StoresUnderTest kind) {
    fill(kind, SHORT_KEYS, 0, i -> number(i % 2 == 0 ? i : 2 * SHORT_KEYS - i));
  }

  @ParameterizedTest
  @EnumSource
  void put_alternatingTowardsTheMiddle_costStaysBounded(StoresUnderTest kind) {
    fill(kind, SHORT_KEYS, 0, i -> number(i % 2 == 0 ? SHORT_KEYS - i : SHORT_KEYS + i));
  }

  @ParameterizedTest
  @EnumSource
  void put_sharedPrefixesOf60KiB_costStaysBounded(StoresUnderTest kind) {
    byte[] prefix = new byte[LONG];
    new Random(3).nextBytes(prefix);
    fill(kind, LONG_KEYS, 0, i -> {
      byte[] key = Arrays.copyOf(prefix, LONG + Integer.BYTES);
      ByteBuffer.wrap(key).putInt(LONG, i * 0x9E3779B1);
      return Key.of(key);
    });
  }

  @ParameterizedTest
  @EnumSource
  void put_prefixesThatShareEverShorterParts_costStaysBounded(StoresUnderTest kind) {
    // Where a store takes short keys only, a way to a key has a step for each place where others part from it.
    fill(kind, LONG_KEYS, LONG / 400, i -> {
      byte[] key = new byte[LONG];
      key[LONG - 1 - 300 * i] = 1;
      return Key.of(key);
    });
  }

  private static Key number(int i) {
    return Key.of("%08x".formatted(i));
  }

  /**
   * Inserts keys in an order, each newer than the one before, and watches the cost of everything.
   *
   * @param steps rows that are read on the way to a key, beside the one at its end
   */
  private void fill(StoresUnderTest kind, int count, int steps, IntFunction<Key> keys) {
    WatchedStore watched = watched(kind);
    NaiveReplica model = new NaiveReplica();
    int longest = 0;
    try (ReplicaStore store = KeyValueReplicaStore.open(watched)) {
      for (int from = 0; from < count; from += BATCH) {
        try (ReplicaWriter writer = store.write()) {
          for (int i = from; i < from + BATCH; i++) {
            SignedEntry entry = entry(keys.apply(i), 1 + i, 1 + i % 7);
            longest = Math.max(longest, entry.id().size());
            watched.takeReads();
            writer.put(entry, removed -> {});
            long reads = watched.takeReads();
            assertTrue(reads <= READS_OF_AN_INSERT + 4L * steps, () -> reads + " rows read by an insert");
            model.entries.put(entry.id(), entry);
          }
          watched.takeIndexWrites();
          writer.commit(Durability.LAZY);
          long nodes = watched.takeIndexWrites();
          assertTrue(nodes <= BATCH * LEVELS * 2L, () -> nodes + " nodes written by a transaction");
        }
      }
      check(watched, store, model, longest, steps);
    }
  }

  private void check(WatchedStore watched, ReplicaStore store, NaiveReplica model, int longest, int steps) {
    int most = Math.max(NODE_BYTES, longest);
    assertTrue(watched.largestIndexRow() <= most, () -> "a row of " + watched.largestIndexRow() + " bytes");
    assertTrue(levels(watched) <= LEVELS, () -> levels(watched) + " levels");
    Random random = new Random(5);
    try (ReplicaReader reader = store.read()) {
      Ranges.check(reader.range(NAME), model, NAME, random, "after the last insert");
    }
    List<SignedEntry> all = List.copyOf(model.entries.values());
    for (int i = 0; i < 20; i++) {
      Segment segment = between(all, random.nextInt(all.size()), random.nextInt(all.size()));
      try (ReplicaReader reader = store.read()) {
        watched.takeReads();
        RangeSummary summary = reader.range(NAME).summary(segment);
        long reads = watched.takeReads();
        assertTrue(reads <= READS_OF_A_RANGE + 2L * steps, () -> reads + " rows read for a range");
        assertEquals(model.summary(segment), summary);
      }
    }
  }

  private static Segment between(List<SignedEntry> all, int one, int other) {
    Bound low = new Bound.At(all.get(Math.min(one, other)).id());
    Bound high =
        one == other
            ? Bound.end()
            : new Bound.At(all.get(Math.max(one, other)).id());
    return new Segment(low, high);
  }

  @ParameterizedTest
  @EnumSource
  void put_fillAndDeleteAtOneBucket_neitherCostNorRowsGrow(StoresUnderTest kind) {
    int fresh = 70;
    WatchedStore watched = watched(kind);
    NaiveReplica model = new NaiveReplica();
    try (ReplicaStore store = KeyValueReplicaStore.open(watched)) {
      long clock = 1;
      try (ReplicaWriter writer = store.write()) {
        for (int i = 0; i < SHORT_KEYS; i++) {
          put(writer, model, entry(number(2 * i), clock++, 1));
        }
        writer.commit(Durability.LAZY);
      }
      long rows = indexRows(watched);
      String place = number(SHORT_KEYS + 1).toString();
      for (int round = 0; round < 30; round++) {
        try (ReplicaWriter writer = store.write()) {
          watched.takeReads();
          watched.takeWrites();
          for (int i = 0; i < fresh; i++) {
            put(writer, model, entry(Key.of(place + "/%02d".formatted(i)), clock++, 1));
          }
          put(writer, model, entry(Key.of(place), clock++, 0));
          writer.commit(Durability.LAZY);
          long reads = watched.takeReads();
          long writes = watched.takeWrites();
          assertTrue(reads <= READS_OF_AN_INSERT * fresh, () -> reads + " rows read");
          assertTrue(writes <= 6L * fresh, () -> writes + " rows written");
        }
      }
      long after = indexRows(watched);
      assertTrue(after <= rows + 2, () -> rows + " rows of the index became " + after);
      check(watched, store, model, 0, 0);
    }
  }

  private static void put(ReplicaWriter writer, NaiveReplica model, SignedEntry entry) {
    writer.put(entry, removed -> {});
    // The model looks at everything for each insert; here it is known what an entry removes.
    if (entry.entry().isEmpty()) {
      model.insert(entry);
    } else {
      model.entries.put(entry.id(), entry);
    }
  }

  private WatchedStore watched(StoresUnderTest kind) {
    KeyValueStore store = kind.at(folder).open();
    return new WatchedStore(store, store.maxKeyBytes());
  }

  private static long indexRows(KeyValueStore store) {
    long count = 0;
    try (ReadTxn txn = store.read();
        Cursor cursor = txn.cursor(Tables.INDEX)) {
      boolean found = cursor.seekCeiling(new byte[0]);
      while (found) {
        count++;
        found = cursor.next();
      }
    }
    return count;
  }

  /** The height of the tree, which the row of its root begins with. */
  private static int levels(KeyValueStore store) {
    byte[] root = ByteBuffer.allocate(40).put(NAME.toByteArray()).array();
    try (ReadTxn txn = store.read()) {
      return 1 + txn.get(Tables.INDEX, root).orElseThrow()[0];
    }
  }

  private static SignedEntry entry(Key key, long timestamp, int content) {
    return Entries.entry(new RecordIdentifier(NAME, PEER, key), timestamp, content);
  }
}
