package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;

/** Rules about keys, values, tables and the order of keys. */
abstract class StoreValueRules extends StoreFixture {
  @Test
  public void required_store110_emptyKeysAndEmptyValuesAreLegal() {
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      txn.put(ALPHA, text(""), text("at nothing"));
      txn.put(ALPHA, text("k"), text(""));
      txn.put(OMEGA, text(""), text(""));
      assertValue(text("at nothing"), txn.get(ALPHA, text("")), "the empty key, before the commit");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read()) {
      assertValue(text("at nothing"), txn.get(ALPHA, text("")), "the empty key");
      assertValue(text(""), txn.get(ALPHA, text("k")), "the empty value");
      assertValue(text(""), txn.get(OMEGA, text("")), "the empty value at the empty key");
      assertEquals(Optional.empty(), txn.get(BETA, text("")), "the empty key of a table without it");
      assertEquals("=at nothing k=", scan(txn), "the empty key comes first");
    }
    try (WriteTxn txn = store.write()) {
      assertTrue(txn.delete(ALPHA, text("")), "the empty key can be deleted");
      assertEquals("k=", scan(txn), "only the empty key is gone");
    }
  }

  @Test
  public void required_store111_valuesMayHaveUpTo16MiB() {
    KeyValueStore store = open();
    int[] lengths = {1, 2000, 4096, 65_535, 65_536, 1 << 20, KeyValueStore.MAX_VALUE_BYTES};
    Random random = new Random(lengths.length);
    List<byte[]> values = new ArrayList<>();
    try (WriteTxn txn = store.write()) {
      for (int length : lengths) {
        byte[] value = new byte[length];
        random.nextBytes(value);
        values.add(value);
        txn.put(ALPHA, text("key" + length), value);
        assertValue(value, txn.get(ALPHA, text("key" + length)), "a value of " + length + " bytes, before the commit");
      }
      txn.commit(Durability.SYNC);
    }
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(ALPHA)) {
      for (int i = 0; i < lengths.length; i++) {
        byte[] key = text("key" + lengths[i]);
        assertValue(values.get(i), txn.get(ALPHA, key), "a value of " + lengths[i] + " bytes");
        assertTrue(cursor.seekFloor(key), "a cursor finds the value of " + lengths[i] + " bytes");
        assertArrayEquals(values.get(i), cursor.value(), "a value of " + lengths[i] + " bytes, by cursor");
      }
    }
    try (WriteTxn txn = store.write()) {
      txn.put(ALPHA, text("key" + KeyValueStore.MAX_VALUE_BYTES), text("short"));
      assertValue(text("short"), txn.get(ALPHA, text("key" + KeyValueStore.MAX_VALUE_BYTES)), "a shorter value");
      txn.commit(Durability.LAZY);
    }
  }

  @Test
  public void required_store112_keysMayHaveAtLeast480Bytes() {
    KeyValueStore store = open();
    int max = store.maxKeyBytes();
    int least = KeyValueStore.MIN_KEY_BYTES;
    assertTrue(max >= least, "the longest key has " + max + " bytes, and must have " + least);
    List<byte[]> keys = List.of(filled(max - 1, 0), filled(max, 0), filled(max - 1, 0xff), filled(max, 0xff));
    try (WriteTxn txn = store.write()) {
      for (byte[] key : keys) {
        txn.put(ALPHA, key, text("a" + key.length));
        txn.put(OMEGA, key, text("o" + key.length));
      }
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(ALPHA)) {
      boolean there = cursor.seekCeiling(new byte[0]);
      for (byte[] key : keys) {
        assertValue(text("a" + key.length), txn.get(ALPHA, key), "a key of " + key.length + " bytes");
        assertValue(text("o" + key.length), txn.get(OMEGA, key), "a key of " + key.length + " bytes in another table");
        assertTrue(there, "the cursor comes to the key of " + key.length + " bytes");
        assertArrayEquals(key, cursor.key(), "keys of the greatest length are in order");
        there = cursor.next();
      }
      assertFalse(there, "nothing follows the greatest key");
    }
    assertEquals(max, store.maxKeyBytes(), "the limit does not change");
  }

  @Test
  public void required_store113_tooLongKeysAndValuesAreRefused() {
    KeyValueStore store = open();
    byte[] longKey = filled(store.maxKeyBytes() + 1, 'k');
    byte[] longValue = new byte[KeyValueStore.MAX_VALUE_BYTES + 1];
    try (WriteTxn txn = store.write()) {
      put(txn, "a", "1");
      assertThrows(
          IllegalArgumentException.class, () -> txn.put(ALPHA, longKey, text("v")), "a key above maxKeyBytes()");
      assertThrows(
          IllegalArgumentException.class, () -> txn.put(ALPHA, text("a"), longValue), "a value above MAX_VALUE_BYTES");
      put(txn, "b", "2");
      txn.commit(Durability.LAZY);
    }
    assertEquals("a=1 b=2", scan(store), "a refused put leaves the transaction as it was");
  }

  @Test
  public void required_store114_keysAreInUnsignedOrder() {
    List<byte[]> ordered = List.of(
        bytes(), bytes(0), bytes(0, 0), bytes(0, 0, 0), bytes(0, 1), bytes(0, 0xff), bytes(1), bytes(1, 0),
        bytes(0x7f), bytes(0x7f, 0xff), bytes(0x80), bytes(0x80, 0), bytes(0xfe, 0xff), bytes(0xff), bytes(0xff, 0),
        bytes(0xff, 0x7f), bytes(0xff, 0x80), bytes(0xff, 0xff), bytes(0xff, 0xff, 0xff));
    List<byte[]> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(114));
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      shuffled.forEach(key -> txn.put(BETA, key, key));
      assertEquals(hex(ordered), hex(forwards(txn)), "forwards, before the commit");
      assertEquals(hex(ordered), hex(backwards(txn)), "backwards, before the commit");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read()) {
      assertEquals(hex(ordered), hex(forwards(txn)), "forwards");
      assertEquals(hex(ordered), hex(backwards(txn)), "backwards");
    }
  }

  private static List<byte[]> forwards(ReadTxn txn) {
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = txn.cursor(BETA)) {
      for (boolean there = cursor.seekCeiling(bytes()); there; there = cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  private static List<byte[]> backwards(ReadTxn txn) {
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = txn.cursor(BETA)) {
      for (boolean there = cursor.seekLast(); there; there = cursor.previous()) {
        keys.add(0, cursor.key());
      }
    }
    return keys;
  }

  private static List<String> hex(List<byte[]> keys) {
    return keys.stream().map(key -> HexFormat.of().formatHex(key)).toList();
  }

  @Test
  public void required_store115_tablesHaveTheirOwnKeys() {
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      txn.put(ALPHA, text("k"), text("of alpha"));
      txn.put(BETA, text("k"), text("of beta"));
      txn.put(OMEGA, text("x"), text("of omega"));
      assertTrue(txn.delete(BETA, text("k")), "the key is in the second table");
      assertFalse(txn.delete(ALPHA, text("x")), "the key of another table cannot be deleted");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read()) {
      assertEquals("k=of alpha", scan(txn, ALPHA));
      assertEquals("", scan(txn, BETA));
      assertEquals("x=of omega", scan(txn, OMEGA));
    }
  }

  @Test
  public void required_store116_arraysBelongToTheCaller() {
    KeyValueStore store = open();
    byte[] key = text("key");
    byte[] value = text("value");
    try (WriteTxn txn = store.write()) {
      txn.put(ALPHA, key, value);
      Arrays.fill(key, (byte) 'x');
      Arrays.fill(value, (byte) 'x');
      assertEquals("key=value", scan(txn), "arrays that went in are not kept, before the commit");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(ALPHA)) {
      assertEquals("key=value", scan(txn), "arrays that went in are not kept");
      Arrays.fill(txn.get(ALPHA, text("key")).orElseThrow(), (byte) 'x');
      assertTrue(cursor.seekLast());
      Arrays.fill(cursor.key(), (byte) 'x');
      Arrays.fill(cursor.value(), (byte) 'x');
      assertEquals("key=value", string(cursor.key()) + "=" + string(cursor.value()), "the cursor's arrays are copies");
      assertEquals("key=value", scan(txn), "arrays that came out are copies");
    }
  }

  @Test
  public void required_store160_getFindsExactlyItsKey() {
    KeyValueStore store = open();
    commit(store, "bb", "1", "bbbb", "2");
    try (ReadTxn txn = store.read(); WriteTxn writing = store.write()) {
      for (ReadTxn each : List.of(txn, writing)) {
        assertValue(text("1"), each.get(ALPHA, text("bb")), "the value at a key");
        for (String other : List.of("", "b", "ba", "bba", "bbb", "bbbbb", "bc")) {
          assertTrue(each.get(ALPHA, text(other)).isEmpty(), "nothing is at " + other);
        }
      }
    }
  }

  @Test
  public void required_store161_putReplaces() {
    KeyValueStore store = open();
    commit(store, "k", "old", "l", "stays");
    try (WriteTxn txn = store.write()) {
      put(txn, "k", "newer");
      put(txn, "k", "newest");
      assertEquals("k=newest l=stays", scan(txn), "before the commit");
      txn.commit(Durability.LAZY);
    }
    assertEquals("k=newest l=stays", scan(store));
  }

  @Test
  public void required_store162_deleteTellsWhetherTheKeyWasThere() {
    KeyValueStore store = open();
    commit(store, "a", "1", "b", "2", "c", "3");
    try (WriteTxn txn = store.write()) {
      assertTrue(txn.delete(ALPHA, text("b")), "a committed key was there");
      assertFalse(txn.delete(ALPHA, text("b")), "a deleted key is not there");
      assertFalse(txn.delete(ALPHA, text("bb")), "a key that never was is not there");
      assertTrue(txn.get(ALPHA, text("b")).isEmpty(), "the deleted key is gone, before the commit");
      put(txn, "d", "4");
      assertTrue(txn.delete(ALPHA, text("d")), "a key of this transaction was there");
      put(txn, "b", "again");
      assertTrue(txn.delete(ALPHA, text("b")), "a key that came back was there");
      assertEquals("a=1 c=3", scan(txn), "before the commit");
      txn.commit(Durability.LAZY);
    }
    assertEquals("a=1 c=3", scan(store));
  }

  @Test
  public void required_store163_keysOfAnyLengthMayBeAskedFor() {
    KeyValueStore store = open();
    int max = store.maxKeyBytes();
    byte[] greatest = filled(max, 'k');
    byte[] longer = filled(max + 1, 'k');
    byte[] muchLonger = filled(max + 70_000, 'k');
    try (WriteTxn txn = store.write(); Cursor cursor = txn.cursor(ALPHA)) {
      txn.put(ALPHA, greatest, text("v"));
      put(txn, "l", "next");
      for (byte[] key : List.of(longer, muchLonger)) {
        assertTrue(txn.get(ALPHA, key).isEmpty(), "a key above the limit is never there");
        assertFalse(txn.delete(ALPHA, key), "a key above the limit cannot be deleted");
        assertTrue(cursor.seekFloor(key), "there is a key below one above the limit");
        assertArrayEquals(greatest, cursor.key(), "the greatest key at or below one above the limit");
        assertStands("l", cursor.seekCeiling(key), cursor, "the smallest key at or above one above the limit");
      }
      assertValue(text("v"), txn.get(ALPHA, greatest), "a key of the greatest length is not the longer one");
      assertFalse(cursor.seekCeiling(filled(max + 1, 0xff)), "nothing is above the greatest of all");
    }
  }

  @Test
  public void required_store105_undeclaredTablesAreRefused() {
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      byte[] key = text("k");
      assertThrows(IllegalArgumentException.class, () -> txn.get(UNDECLARED, key), "get");
      assertThrows(IllegalArgumentException.class, () -> txn.put(UNDECLARED, key, key), "put");
      assertThrows(IllegalArgumentException.class, () -> txn.delete(UNDECLARED, key), "delete");
      assertThrows(IllegalArgumentException.class, () -> txn.cursor(UNDECLARED).close(), "cursor");
      put(txn, "a", "1");
      txn.commit(Durability.LAZY);
    }
    assertEquals("a=1", scan(store), "a refused call leaves the transaction as it was");
  }
}
