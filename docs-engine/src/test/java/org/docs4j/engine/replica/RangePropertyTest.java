package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.RangeSummary;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranges of documents that are large enough for a tree of several levels. */
class RangePropertyTest {
  private static final NamespaceId NAME = Entries.namespace(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void summary_insertsReplacementsDeletionsAndReopens_equalsScan(StoresUnderTest kind) {
    long seed = System.nanoTime();
    System.out.println(kind + " seed " + seed);
    Random random = new Random(seed);
    StoresUnderTest.Place place = kind.at(folder);
    NaiveReplica model = new NaiveReplica();
    ReplicaStore store = KeyValueReplicaStore.open(place.open());
    long clock = 1;
    for (int round = 0; round < 12; round++) {
      try (ReplicaWriter writer = store.write()) {
        for (int i = 0; i < 150; i++) {
          clock++;
          boolean deletion = i % 50 == 49;
          String key = deletion ? "%x".formatted(random.nextInt(16)) : "%03x/%x".formatted(random.nextInt(4096), 7);
          SignedEntry entry = Entries.entry(id(random.nextInt(3), key), clock, deletion ? 0 : 1 + i % 9);
          writer.put(entry, removed -> {});
          if (model.protectors(entry).isEmpty()) {
            model.insert(entry);
          }
        }
        Ranges.check(writer.range(NAME), model, NAME, random, kind + " seed " + seed + " round " + round);
        writer.commit(Durability.LAZY);
      }
      if (round % 4 == 3) {
        store.close();
        store = KeyValueReplicaStore.open(place.open());
      }
      try (ReplicaReader reader = store.read()) {
        assertEquals(model.entries.size(), reader.count(NAME));
        Ranges.check(reader.range(NAME), model, NAME, random, kind + " seed " + seed + " round " + round);
      }
    }
    store.close();
  }

  @Test
  void summary_oldSnapshot_staysAsItWas() {
    ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
    fill(store, 0, 500);
    try (ReplicaReader before = store.read()) {
      fill(store, 500, 900);
      Segment all = new Segment(Bound.start(), Bound.end());
      assertEquals(500, before.range(NAME).summary(all).count());
      assertEquals(id(2, "00499"), before.range(NAME).select(all, 499));
      try (ReplicaReader after = store.read()) {
        assertEquals(900, after.range(NAME).summary(all).count());
      }
    }
  }

  @Test
  void summary_growingDocument_readsFewRows() {
    WatchedStore watched = new WatchedStore(StoresUnderTest.memory(), 480);
    ReplicaStore store = KeyValueReplicaStore.open(watched);
    Random random = new Random(5);
    int size = 0;
    for (int next : new int[] {1000, 4000, 16_000}) {
      fill(store, size, next);
      size = next;
      for (int i = 0; i < 20; i++) {
        int from = random.nextInt(size - 1);
        int to = from + 1 + random.nextInt(size - from);
        Segment segment = new Segment(at(from), to == size ? Bound.end() : at(to));
        try (ReplicaReader reader = store.read()) {
          RangeView view = reader.range(NAME);
          watched.takeReads();
          RangeSummary summary = view.summary(segment);
          assertEquals(to - from, summary.count());
          long reads = watched.takeReads();
          assertTrue(reads <= 2 * (3 + 66), () -> reads + " rows");
        }
      }
    }
    assertTrue(watched.largestIndexRow() <= 4070);
  }

  @Test
  void summary_partsBetweenSelectedEntries_readsOneBucketForEach() {
    int parts = 16;
    WatchedStore watched = new WatchedStore(StoresUnderTest.memory(), 480);
    ReplicaStore store = KeyValueReplicaStore.open(watched);
    fill(store, 0, 16_000);
    try (ReplicaReader reader = store.read()) {
      RangeView view = reader.range(NAME);
      Segment segment = new Segment(at(1000), at(15_001));
      watched.takeReads();
      RangeSummary sum = RangeSummary.NONE;
      Bound from = segment.from();
      long count = view.summary(segment).count();
      for (int i = 1; i <= parts; i++) {
        Bound to = i == parts ? segment.to() : new Bound.At(view.select(segment, count * i / parts));
        RangeSummary part = view.summary(new Segment(from, to));
        assertTrue(Math.abs(part.count() - count / parts) <= 1, () -> part + " of " + count);
        sum = sum.plus(part);
        from = to;
      }
      long reads = watched.takeReads();
      assertEquals(view.summary(segment), sum);
      assertTrue(reads <= (parts + 1) * (3L + 66), () -> reads + " rows");
    }
  }

  @Test
  void summary_afterAPut_countsIt() {
    ReplicaStore store = KeyValueReplicaStore.open(StoresUnderTest.memory());
    try (ReplicaWriter writer = store.write()) {
      Segment low = new Segment(Bound.start(), new Bound.At(id(2, "b")));
      for (int count = 1; count <= 3; count++) {
        writer.put(Entries.entry(id(2, "a" + count), count, 1), removed -> {});
        assertEquals(count, writer.range(NAME).summary(low).count());
        assertEquals(id(2, "a" + count), writer.range(NAME).select(low, count - 1));
      }
      RangeSummary before = writer.range(NAME).summary(low);
      writer.put(Entries.entry(id(2, "a1"), 9, 2), removed -> {});
      assertNotEquals(before.sum(), writer.range(NAME).summary(low).sum());
      writer.put(Entries.entry(id(2, ""), 10, 0), removed -> {});
      assertEquals(1, writer.range(NAME).summary(low).count());
    }
  }

  @Test
  void put_longKeysThatShareAlmostAll_rowsAndReadsStayBounded() {
    WatchedStore watched = new WatchedStore(StoresUnderTest.memory(), 480);
    ReplicaStore store = KeyValueReplicaStore.open(watched);
    byte[] key = new byte[60 << 10];
    try (ReplicaWriter writer = store.write()) {
      for (int i = 0; i < 400; i++) {
        key[key.length - 1] = (byte) (i * 37);
        key[key.length - 2] = (byte) ((i * 37) >> 8);
        watched.takeReads();
        writer.put(Entries.entry(new RecordIdentifier(NAME, Entries.author(2), Key.of(key)), 1 + i, 1), old -> {});
        long reads = watched.takeReads();
        assertTrue(reads < 150, () -> reads + " rows");
      }
      writer.commit(Durability.LAZY);
    }
    assertTrue(watched.largestIndexRow() <= key.length + 64, "separators are no longer than identifiers");
    Arrays.fill(key, (byte) 0);
    try (ReplicaReader reader = store.read()) {
      assertEquals(400, reader.range(NAME).summary(new Segment(Bound.start(), Bound.end())).count());
      assertEquals(Key.of(key), reader.range(NAME).smallest().orElseThrow().key());
    }
  }

  private static void fill(ReplicaStore store, int from, int to) {
    try (ReplicaWriter writer = store.write()) {
      for (int i = from; i < to; i++) {
        writer.put(Entries.entry(id(2, "%05d".formatted(i)), 1, 1), removed -> {});
      }
      writer.commit(Durability.LAZY);
    }
  }

  private static Bound at(int number) {
    return new Bound.At(id(2, "%05d".formatted(number)));
  }

  private static RecordIdentifier id(int author, String key) {
    AuthorId id = Entries.author(author);
    return new RecordIdentifier(NAME, id, Key.of(key));
  }
}
