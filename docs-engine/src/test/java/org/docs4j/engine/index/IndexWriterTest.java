package org.docs4j.engine.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.RangeSummary;
import org.junit.jupiter.api.Test;

class IndexWriterTest {
  private final MapRows rows = new MapRows();
  private IndexWriter index = new IndexWriter(rows, rows);
  private int marks;

  @Test
  void before_randomWork_equalsScan() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int range = 400 + random.nextInt(4000);
    for (int round = 0; round < 40; round++) {
      boolean growing = random.nextInt(3) != 0;
      for (int i = 0; i < 200; i++) {
        byte[] id = ByteBuffer.allocate(4 + random.nextInt(3)).putInt(random.nextInt(range) << 8).array();
        if (random.nextInt(10) < (growing ? 8 : 2)) {
          put(id, mark(random.nextInt(1000)));
        } else {
          remove(id);
        }
      }
      if (random.nextInt(8) == 0) {
        int from = random.nextInt(range);
        removeAll(key(from << 8), key((from + random.nextInt(range)) << 8));
      }
      index.flush();
      TreeCheck.check(rows);
      index = random.nextBoolean() ? new IndexWriter(rows, rows) : index;
      compare(random, range, "seed " + seed + " round " + round);
    }
    removeAll(new byte[0], new byte[] {-1});
    index.flush();
    assertTrue(rows.rows.isEmpty(), "an empty tree has no rows");
  }

  private void compare(Random random, int range, String where) {
    List<byte[]> ids = List.copyOf(rows.records.keySet());
    for (int i = 0; i < 20; i++) {
      byte[] bound = Arrays.copyOf(key(random.nextInt(range) << 8), random.nextInt(6));
      assertEquals(rows.before(bound), index.before(bound), where);
      if (!ids.isEmpty()) {
        int at = random.nextInt(ids.size());
        assertArrayEquals(ids.get(at), index.select(at), where);
        assertEquals(at, index.before(ids.get(at)).count(), where);
      }
    }
    assertEquals(new RangeSummary(ids.size(), new Fingerprint(rows.sum())), index.total(), where);
    assertThrows(IndexOutOfBoundsException.class, () -> index.select(ids.size()));
    assertThrows(IndexOutOfBoundsException.class, () -> index.select(-1));
  }

  @Test
  void older_anyVersion_findsEveryOlderRecord() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      put(key(random.nextInt(5000)), mark(random.nextInt(1000)));
    }
    for (int i = 0; i < 200; i++) {
      int low = random.nextInt(5000);
      Version version = mark(random.nextInt(1000)).version();
      Optional<byte[]> to = Optional.of(key(low + random.nextInt(500)));
      assertEquals(olderByScan(key(low), to, version), olderByIndex(key(low), to, version));
    }
    assertEquals(Optional.empty(), index.older(new byte[0], Optional.empty(), version(-1)));
  }

  private List<Integer> olderByScan(byte[] from, Optional<byte[]> to, Version version) {
    List<Integer> found = new ArrayList<>();
    rows.records
        .subMap(from, to.orElseThrow())
        .forEach(
            (id, mark) -> {
              if (mark.version().compareTo(version) <= 0) {
                found.add(ByteBuffer.wrap(id).getInt());
              }
            });
    return found;
  }

  private List<Integer> olderByIndex(byte[] from, Optional<byte[]> to, Version version) {
    List<Integer> found = new ArrayList<>();
    Optional<byte[]> next = Optional.of(from);
    while (next.isPresent()) {
      Optional<Bucket> bucket = index.older(next.get(), to, version);
      if (bucket.isEmpty()) {
        break;
      }
      byte[] low = bucket.get().low();
      byte[] start = Arrays.compareUnsigned(low, from) < 0 ? from : low;
      byte[] high = bucket.get().high().orElse(to.orElseThrow());
      byte[] end = Arrays.compareUnsigned(high, to.orElseThrow()) < 0 ? high : to.orElseThrow();
      if (Arrays.compareUnsigned(start, end) < 0) {
        found.addAll(olderByScan(start, Optional.of(end), version));
      }
      next = bucket.get().high();
    }
    return found;
  }

  @Test
  void tighten_newerRecordsOnly_bucketIsNotGivenAgain() {
    for (int i = 0; i < 2000; i++) {
      put(key(i), mark(500));
    }
    put(key(700), mark(3));
    put(key(700), mark(600));
    Optional<Bucket> stale = index.older(new byte[0], Optional.empty(), version(3));
    assertTrue(stale.isPresent(), "the bound is not exact after a replacement");
    index.tighten(stale.get().low(), version(500));
    assertEquals(Optional.empty(), index.older(new byte[0], Optional.empty(), version(3)));
    index.flush();
    TreeCheck.check(rows);
    index = new IndexWriter(rows, rows);
    rows.loads = 0;
    assertEquals(Optional.empty(), index.older(new byte[0], Optional.empty(), version(3)));
    assertEquals(1, rows.loads, "the root knows it");
  }

  @Test
  void add_bucketIsCut_eachHalfKnowsItsOwnOldestRecord() {
    for (int i = 0; i < 65; i++) {
      put(key(i), mark(i < 10 ? 1 : 100));
    }
    assertTrue(index.older(key(0), Optional.empty(), version(1)).isPresent());
    assertEquals(Optional.empty(), index.older(key(64), Optional.empty(), version(1)));
  }

  @Test
  void add_worstOrders_depthAndRowsStayBounded() {
    List<Integer> ascending = IntStream.range(0, 20_000).boxed().toList();
    List<Integer> descending = new ArrayList<>(ascending);
    Collections.reverse(descending);
    List<Integer> ends = IntStream.range(0, 20_000).mapToObj(i -> i % 2 == 0 ? i / 2 : 20_000 - i / 2).toList();
    List<Integer> inwards = new ArrayList<>(ends);
    Collections.reverse(inwards);
    for (List<Integer> order : List.of(ascending, descending, ends, inwards)) {
      MapRows fresh = new MapRows();
      IndexWriter writer = new IndexWriter(fresh, fresh);
      for (int number : order) {
        Mark mark = mark(number);
        fresh.records.put(key(number), mark);
        writer.add(key(number), mark);
      }
      writer.flush();
      assertTrue(TreeCheck.check(fresh) <= 3);
      assertTrue(TreeCheck.buckets(fresh) <= 20_000 / 30);
    }
  }

  @Test
  void add_sharedPrefixesOf60KiB_nodesStaySmallAndSearchesCheap() {
    Random random = new Random(3);
    byte[] prefix = new byte[60 << 10];
    random.nextBytes(prefix);
    for (int i = 0; i < 600; i++) {
      byte[] id = Arrays.copyOf(prefix, prefix.length + 4);
      ByteBuffer.wrap(id).putInt(prefix.length, random.nextInt());
      put(id, mark(i));
    }
    index.flush();
    int levels = TreeCheck.check(rows);
    assertTrue(levels <= 3, () -> levels + " levels");
    List<byte[]> ids = List.copyOf(rows.records.keySet());
    index = new IndexWriter(rows, rows);
    for (int i = 0; i < 50; i++) {
      int at = random.nextInt(ids.size());
      rows.loads = 0;
      rows.visits = 0;
      assertEquals(at, index.before(ids.get(at)).count());
      assertTrue(rows.loads <= 7L * levels, () -> rows.loads + " rows loaded");
      assertTrue(rows.visits <= 65, () -> rows.visits + " records visited");
    }
    removeAll(new byte[0], new byte[] {-1, -1});
    index.flush();
    assertTrue(rows.rows.isEmpty(), "long separators leave with their buckets");
  }

  @Test
  void add_prefixesOfEachOther_nodesStaySmall() {
    for (int length = 1; length < 1500; length++) {
      put(new byte[length], mark(length));
    }
    index.flush();
    assertTrue(TreeCheck.check(rows) <= 3);
  }

  @Test
  void add_longIdentifiers_bucketsAreLight() {
    for (int i = 0; i < 64; i++) {
      byte[] id = new byte[100 << 10];
      ByteBuffer.wrap(id).putInt(i);
      put(id, mark(i));
    }
    index.flush();
    TreeCheck.check(rows);
    rows.visits = 0;
    index.before(key(40));
    assertTrue(rows.visits <= 3, () -> rows.visits + " records visited");
  }

  @Test
  void remove_andAddAtOneBucket_costsTheSameEachTime() {
    for (int i = 0; i < 10_000; i++) {
      put(key(2 * i), mark(i));
    }
    index.flush();
    int before = rows.rows.size();
    for (int round = 0; round < 300; round++) {
      for (int i = 0; i < 70; i++) {
        put(key(10_001 + 2 * i), mark(i));
      }
      for (int i = 0; i < 70; i++) {
        remove(key(10_001 + 2 * i));
      }
    }
    index.flush();
    TreeCheck.check(rows);
    assertTrue(rows.rows.size() <= before + 2, () -> before + " rows became " + rows.rows.size());
  }

  @Test
  void remove_mostRecords_treeShrinks() {
    for (int i = 0; i < 30_000; i++) {
      put(key(i), mark(i));
    }
    index.flush();
    int before = rows.rows.size();
    for (int i = 0; i < 30_000; i++) {
      if (i % 50 != 0) {
        remove(key(i));
      }
    }
    index.flush();
    TreeCheck.check(rows);
    assertTrue(rows.rows.size() <= before / 10, () -> before + " rows became " + rows.rows.size());
  }

  @Test
  void flush_manyChangesOfOneNode_storesItOnce() {
    for (int i = 0; i < 40; i++) {
      put(key(i), mark(i));
    }
    assertTrue(rows.rows.isEmpty());
    index.flush();
    assertEquals(1, rows.rows.size());
  }

  @Test
  void decode_cutOrAlteredRow_isCorruptedOrANode() {
    for (int i = 0; i < 300; i++) {
      put(key(i), mark(i));
    }
    index.flush();
    byte[] row = rows.rows.get(0L);
    for (int length = 0; length < row.length; length++) {
      byte[] cut = Arrays.copyOf(row, length);
      assertThrows(StoreCorruptedException.class, () -> NodeCodec.decode(0, cut));
    }
    byte[] longer = Arrays.copyOf(row, row.length + 1);
    assertThrows(StoreCorruptedException.class, () -> NodeCodec.decode(0, longer));
    int refused = 0;
    for (int i = 0; i < row.length; i++) {
      byte[] altered = row.clone();
      altered[i] ^= (byte) 0x81;
      refused += isRefused(altered) ? 1 : 0;
    }
    assertTrue(refused > 0);
    assertArrayEquals(row, NodeCodec.encode(NodeCodec.decode(0, row)));
  }

  private static boolean isRefused(byte[] row) {
    try {
      NodeCodec.decode(0, row);
      return false;
    } catch (StoreCorruptedException e) {
      return true;
    }
  }

  private void put(byte[] id, Mark mark) {
    Optional<Mark> before = Optional.ofNullable(rows.records.put(id, mark));
    before.ifPresentOrElse(old -> index.replace(id, old, mark), () -> index.add(id, mark));
  }

  private void remove(byte[] id) {
    Optional.ofNullable(rows.records.remove(id)).ifPresent(mark -> index.remove(id, mark));
  }

  private void removeAll(byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      List.copyOf(rows.records.subMap(from, to).keySet()).forEach(this::remove);
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private Mark mark(long timestamp) {
    marks++;
    Bytes32 bytes = new Bytes32(marks * 0x9E3779B97F4A7C15L, marks, 0, marks * 31L);
    return new Mark(new Fingerprint(bytes), version(timestamp));
  }

  private static Version version(long timestamp) {
    return timestamp < 0
        ? new Version(Timestamp.EPOCH, new Hash(Bytes32.ZERO))
        : new Version(new Timestamp(timestamp + 1), Hash.EMPTY);
  }
}
