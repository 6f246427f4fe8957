package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;

class LongKeyTableTest {
  private static final LongKeys SHORT = new LongKeys(4);

  private final KeyValueStore store = StoresUnderTest.memory();
  private final TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

  @Test
  void cursor_randomKeysOfManySegments_isThatOfASortedMap() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      try (WriteTxn txn = store.write()) {
        LongKeyWriter table = writer(txn, Tables.RECORDS);
        for (int i = 0; i < 40; i++) {
          byte[] key = key(random);
          if (random.nextInt(3) == 0) {
            assertEquals(model.remove(key) != null, table.delete(key), "seed " + seed);
          } else {
            byte[] value = ByteBuffer.allocate(4).putInt(random.nextInt()).array();
            model.put(key, value);
            table.put(key, value);
          }
        }
        compare(table, random, "seed " + seed + " round " + round);
        txn.commit(Durability.LAZY);
      }
    }
    try (WriteTxn txn = store.write()) {
      LongKeyWriter table = writer(txn, Tables.RECORDS);
      model.keySet().forEach(key -> assertTrue(table.delete(key)));
      assertTrue(isEmpty(txn, Tables.RECORDS));
      assertTrue(isEmpty(txn, Tables.CHAINS), "chains leave with their last key");
    }
  }

  private void compare(LongKeyTable table, Random random, String where) {
    try (LongKeyCursor cursor = table.cursor()) {
      for (int i = 0; i < 30; i++) {
        byte[] key = key(random);
        assertEquals(text(model.get(key)), text(table.get(key).orElse(new byte[0])), where);
        boolean up = random.nextBoolean();
        Optional<Map.Entry<byte[], byte[]>> expected =
            Optional.ofNullable(up ? model.ceilingEntry(key) : model.floorEntry(key));
        boolean found = up ? cursor.seekCeiling(key) : cursor.seekFloor(key);
        for (int step = 0; step < 8; step++) {
          assertEquals(expected.isPresent(), found, where);
          if (!found) {
            break;
          }
          assertArrayEquals(expected.get().getKey(), cursor.key(), where);
          assertArrayEquals(expected.get().getValue(), cursor.value(), where);
          up = random.nextInt(4) == 0 ? !up : up;
          byte[] at = cursor.key();
          expected = Optional.ofNullable(up ? model.higherEntry(at) : model.lowerEntry(at));
          found = up ? cursor.next() : cursor.previous();
        }
      }
      assertEquals(!model.isEmpty(), cursor.seekLast(), where);
      if (!model.isEmpty()) {
        assertArrayEquals(model.lastKey(), cursor.key(), where);
      }
    }
  }

  private static String text(byte[] value) {
    return value == null ? "" : Arrays.toString(value).replace("[]", "");
  }

  /** Few different bytes, so that many keys share segments; often whole segments, where keys end at their edges. */
  private static byte[] key(Random random) {
    int length = random.nextBoolean() ? 4 * random.nextInt(8) : random.nextInt(30);
    byte[] key = new byte[length];
    int from = random.nextInt(30);
    for (int i = from; i < length; i++) {
      key[i] = (byte) (random.nextInt(3) - 1);
    }
    return key;
  }

  @Test
  void put_keysOfOneMebibyteThatShareAll_takesFewRows() {
    byte[] key = new byte[1 << 20];
    try (WriteTxn txn = store.write()) {
      LongKeyWriter table =
          new LongKeyWriter(txn, Tables.RECORDS, new LongKeys(471), new LongKeyWriter.ChainNumbers(txn));
      for (int i = 0; i < 20; i++) {
        key[key.length - 1] = (byte) i;
        table.put(key.clone(), new byte[] {(byte) i});
      }
      assertEquals(20, rows(txn, Tables.CHAINS));
      assertEquals(1, rows(txn, Tables.RECORDS));
      try (LongKeyCursor cursor = table.cursor()) {
        assertTrue(cursor.seekFloor(key));
        assertArrayEquals(key, cursor.key());
        assertTrue(cursor.previous());
        assertArrayEquals(new byte[] {18}, cursor.value());
        assertTrue(cursor.next());
        assertFalse(cursor.next());
      }
    }
  }

  @Test
  void put_keyThatEndsWhereASharedSegmentEnds_isFoundAfterAChainIsParted() {
    try (WriteTxn txn = store.write()) {
      LongKeyWriter table = writer(txn, Tables.RECORDS);
      byte[] ends = new byte[12];
      byte[] first = Arrays.copyOf(ends, 13);
      byte[] second = Arrays.copyOf(ends, 14);
      byte[] parts = Arrays.copyOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, 13);
      int value = 1;
      for (byte[] key : new byte[][] {first, second, ends, parts}) {
        table.put(key, new byte[] {(byte) value++});
      }
      assertArrayEquals(new byte[] {3}, table.get(ends).orElseThrow());
      try (LongKeyCursor cursor = table.cursor()) {
        assertTrue(cursor.seekCeiling(new byte[0]));
        assertArrayEquals(ends, cursor.key());
        assertTrue(cursor.next());
        assertArrayEquals(first, cursor.key());
      }
      assertTrue(table.delete(ends));
      assertTrue(table.get(ends).isEmpty());
    }
  }

  @Test
  void put_twoTables_keepTheirChainsApart() {
    byte[] key = new byte[50];
    byte[] other = new byte[51];
    try (WriteTxn txn = store.write()) {
      LongKeyWriter.ChainNumbers numbers = new LongKeyWriter.ChainNumbers(txn);
      LongKeyWriter first = new LongKeyWriter(txn, Tables.RECORDS, SHORT, numbers);
      LongKeyWriter second = new LongKeyWriter(txn, Tables.BY_KEY, SHORT, numbers);
      for (LongKeyWriter table : new LongKeyWriter[] {first, second}) {
        table.put(key, new byte[] {1});
        table.put(other, new byte[] {2});
      }
      assertTrue(first.delete(key));
      assertTrue(first.delete(other));
      assertArrayEquals(new byte[] {1}, second.get(key).orElseThrow());
      assertArrayEquals(new byte[] {2}, second.get(other).orElseThrow());
    }
  }

  @Test
  void get_rowThatCannotBeRead_isCorrupted() {
    byte[] key = new byte[50];
    try (WriteTxn txn = store.write()) {
      LongKeyWriter table = writer(txn, Tables.RECORDS);
      table.put(key, new byte[] {1});
      txn.put(Tables.RECORDS, SHORT.row(LongKeys.ROOT, key, 0), new byte[] {7, 7});
      assertThrows(StoreCorruptedException.class, () -> table.get(key));
    }
  }

  @Test
  void cursor_chainThatLeadsToItself_isCorrupted() {
    byte[] key = new byte[50];
    byte[] loop = LongKeys.encode(new LongKeys.Branch(0, new byte[0]));
    try (WriteTxn txn = store.write()) {
      txn.put(Tables.RECORDS, SHORT.row(LongKeys.ROOT, key, 0), loop);
      txn.put(Tables.CHAINS, SHORT.row(0, key, 0), loop);
      try (LongKeyCursor cursor = writer(txn, Tables.RECORDS).cursor()) {
        assertThrows(StoreCorruptedException.class, () -> cursor.seekCeiling(new byte[0]));
      }
    }
  }

  private static LongKeyWriter writer(WriteTxn txn, Table table) {
    return new LongKeyWriter(txn, table, SHORT, new LongKeyWriter.ChainNumbers(txn));
  }

  private static boolean isEmpty(WriteTxn txn, Table table) {
    return rows(txn, table) == 0;
  }

  private static int rows(WriteTxn txn, Table table) {
    int rows = 0;
    try (Cursor cursor = txn.cursor(table)) {
      boolean found = cursor.seekCeiling(new byte[0]);
      while (found) {
        rows++;
        found = cursor.next();
      }
    }
    return rows;
  }
}
