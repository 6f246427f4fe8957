package org.docs4j.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.function.Supplier;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.jspecify.annotations.Nullable;

/** A transaction beside the ordered maps that it must look like; some cursors stay open over many steps. */
final class StoreView implements AutoCloseable {
  private static final int MAX_CURSORS = 4;
  private static final int SHOWN_BYTES = 40;

  private final ReadTxn txn;
  private final List<NavigableMap<byte[], byte[]>> content;
  private final Random random;
  private final Supplier<byte[]> keys;
  private final List<Pair> pairs = new ArrayList<>();

  /** A cursor and the key that it must stand at, if it stands anywhere. */
  private static final class Pair {
    final Cursor cursor;
    final int table;
    byte @Nullable [] at;

    Pair(Cursor cursor, int table) {
      this.cursor = cursor;
      this.table = table;
    }
  }

  StoreView(ReadTxn txn, List<NavigableMap<byte[], byte[]>> content, Random random, Supplier<byte[]> keys) {
    this.txn = txn;
    this.content = content;
    this.random = random;
    this.keys = keys;
  }

  List<NavigableMap<byte[], byte[]>> content() {
    return content;
  }

  /** Reads one thing, chosen at random. */
  void step() {
    if (random.nextInt(4) == 0) {
      int index = random.nextInt(content.size());
      byte[] key = keys.get();
      byte[] expected = content.get(index).get(key);
      byte[] actual = txn.get(table(index), key).orElse(null);
      if (!Arrays.equals(expected, actual)) {
        throw new AssertionError("get of " + hex(key) + " in " + table(index).name() + " gave " + hex(actual)
            + " instead of " + hex(expected));
      }
      return;
    }
    move(cursor());
  }

  private Pair cursor() {
    if (pairs.size() < MAX_CURSORS) {
      int index = random.nextInt(content.size());
      pairs.add(new Pair(txn.cursor(table(index)), index));
    } else if (random.nextInt(30) == 0) {
      pairs.remove(random.nextInt(pairs.size())).cursor.close();
      return cursor();
    }
    return pairs.get(random.nextInt(pairs.size()));
  }

  private void move(Pair pair) {
    NavigableMap<byte[], byte[]> map = content.get(pair.table);
    byte[] at = pair.at;
    byte[] key = keys.get();
    int choice = random.nextInt(at == null ? 3 : 12);
    String what;
    boolean there;
    Map.Entry<byte[], byte[]> expected;
    if (choice == 0) {
      what = "seekLast";
      expected = map.lastEntry();
      there = pair.cursor.seekLast();
    } else if (choice == 1) {
      what = "seekCeiling of " + hex(key);
      expected = map.ceilingEntry(key);
      there = pair.cursor.seekCeiling(key);
    } else if (choice == 2 || at == null) {
      what = "seekFloor of " + hex(key);
      expected = map.floorEntry(key);
      there = pair.cursor.seekFloor(key);
    } else if (choice < 8) {
      what = "next from " + hex(at);
      expected = map.higherEntry(at);
      there = pair.cursor.next();
    } else {
      what = "previous from " + hex(at);
      expected = map.lowerEntry(at);
      there = pair.cursor.previous();
    }
    pair.at = expected == null ? null : expected.getKey();
    check(pair, there, expected, what);
  }

  private void check(Pair pair, boolean there, Map.@Nullable Entry<byte[], byte[]> expected, String what) {
    String where = what + " in " + table(pair.table).name();
    if (expected == null) {
      if (there) {
        throw new AssertionError(where + " came to " + hex(pair.cursor.key()) + " instead of nowhere");
      }
      return;
    }
    if (!there) {
      throw new AssertionError(where + " found nothing instead of " + hex(expected.getKey()));
    }
    if (!Arrays.equals(expected.getKey(), pair.cursor.key())) {
      throw new AssertionError(where + " came to " + hex(pair.cursor.key()) + " instead of " + hex(expected.getKey()));
    }
    if (!Arrays.equals(expected.getValue(), pair.cursor.value())) {
      throw new AssertionError(where + " found the value " + hex(pair.cursor.value()) + " instead of "
          + hex(expected.getValue()) + " at " + hex(expected.getKey()));
    }
  }

  /** Reads everything, in order. */
  void checkAll(String when) {
    for (int index = 0; index < content.size(); index++) {
      try (Cursor cursor = txn.cursor(table(index))) {
        Pair pair = new Pair(cursor, index);
        boolean there = cursor.seekCeiling(new byte[0]);
        for (Map.Entry<byte[], byte[]> expected : content.get(index).entrySet()) {
          check(pair, there, expected, "scan " + when);
          there = cursor.next();
        }
        check(pair, there, null, "the end of the scan " + when);
      }
    }
  }

  private static Table table(int index) {
    return StoreFixture.TABLES.get(index);
  }

  static String hex(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "nothing";
    }
    String all = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
    return "[" + all + (bytes.length > SHOWN_BYTES ? "... " + bytes.length + " bytes" : "") + "]";
  }

  @Override
  public void close() {
    txn.close();
  }
}
