package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiConsumer;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;

/** Rules about cursors. Most hold in a snapshot and, with part of the keys not committed yet, in the write transaction. */
abstract class StoreCursorRules extends StoreTransactionRules {
  private void inBothTransactions(BiConsumer<Cursor, String> rule) {
    KeyValueStore store = open();
    commit(store, "b", "2", "e", "gone", "f", "6");
    try (WriteTxn txn = store.write(); Cursor cursor = txn.cursor(ALPHA)) {
      put(txn, "d", "4");
      put(txn, "h", "8");
      txn.delete(ALPHA, text("e"));
      rule.accept(cursor, ", in the write transaction");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(ALPHA)) {
      rule.accept(cursor, ", in a snapshot");
    }
  }

  @Test
  public void required_store170_aCursorContinuesFromItsKeyAfterWrites() {
    KeyValueStore store = open();
    commit(store, "b", "2", "d", "4", "f", "6", "h", "8");
    try (WriteTxn txn = store.write(); Cursor cursor = txn.cursor(ALPHA)) {
      assertStands("d", cursor.seekCeiling(text("c")), cursor, "seek");
      put(txn, "e", "5");
      assertStands("e", cursor.next(), cursor, "next comes to a key put just above");
      txn.delete(ALPHA, text("e"));
      assertStands("f", cursor.next(), cursor, "next goes on from a key deleted under the cursor");
      txn.delete(ALPHA, text("f"));
      assertStands("d", cursor.previous(), cursor, "previous goes on from a key deleted under the cursor");
      put(txn, "c", "3");
      assertStands("c", cursor.previous(), cursor, "previous comes to a key put just below");
      put(txn, "c", "changed");
      put(txn, "a", "1");
      assertStands("b", cursor.previous(), cursor, "previous after its key was replaced");
      put(txn, "bb", "new");
      txn.delete(ALPHA, text("bb"));
      assertEquals("b=2", string(cursor.key()) + "=" + string(cursor.value()), "its row after writes elsewhere");
      txn.delete(ALPHA, text("c"));
      txn.delete(ALPHA, text("d"));
      assertStands("h", cursor.next(), cursor, "next passes over deleted keys");
      put(txn, "i", "9");
      txn.delete(ALPHA, text("i"));
      assertFalse(cursor.next(), "nothing is above the last key");
      assertEquals("a=1 b=2 h=8", scan(txn), "what the transaction holds in the end");
    }
  }

  @Test
  public void required_store170_aCursorMayDeleteWhatItPasses() {
    KeyValueStore store = open();
    int count = 500;
    try (WriteTxn txn = store.write()) {
      for (int i = 0; i < count; i++) {
        txn.put(ALPHA, bytes(i >> 8, i), text("v"));
      }
      txn.commit(Durability.LAZY);
    }
    try (WriteTxn txn = store.write(); Cursor cursor = txn.cursor(ALPHA)) {
      int passed = 0;
      for (boolean there = cursor.seekCeiling(bytes()); there; there = cursor.next()) {
        assertArrayEquals(bytes(passed >> 8, passed), cursor.key(), "each key once, in order");
        assertTrue(txn.delete(ALPHA, cursor.key()), "the key at the cursor is there");
        txn.put(BETA, cursor.key(), cursor.key());
        passed++;
      }
      assertEquals(count, passed, "all keys were passed");
      assertEquals("", scan(txn), "all keys are deleted");
    }
  }

  @Test
  public void required_store170_cursorsOfOneTransactionAreIndependent() {
    KeyValueStore store = open();
    commit(store, "a", "1", "b", "2", "c", "3");
    try (WriteTxn txn = store.write(); Cursor down = txn.cursor(ALPHA)) {
      Cursor up = txn.cursor(ALPHA);
      assertStands("a", up.seekCeiling(text("")), up, "the first cursor");
      assertStands("c", down.seekLast(), down, "the second cursor");
      put(txn, "bb", "new");
      assertStands("b", up.next(), up, "the first cursor goes up");
      assertStands("bb", down.previous(), down, "the second cursor goes down");
      txn.delete(ALPHA, text("b"));
      assertStands("bb", up.next(), up, "the first cursor goes up again");
      assertStands("a", down.previous(), down, "the second cursor goes down again");
      up.close();
      assertFalse(down.previous(), "the second cursor outlives the first");
    }
  }

  @Test
  public void required_store171_seekCeilingFindsTheSmallestKeyAtOrAbove() {
    inBothTransactions((cursor, where) -> {
      assertStands("b", cursor.seekCeiling(text("")), cursor, "at or above nothing" + where);
      assertStands("b", cursor.seekCeiling(text("b")), cursor, "at a key" + where);
      assertStands("d", cursor.seekCeiling(text("b\0")), cursor, "just above a key" + where);
      assertStands("f", cursor.seekCeiling(text("e")), cursor, "at a deleted key" + where);
      assertStands("d", cursor.seekCeiling(text("c")), cursor, "back, between keys" + where);
      assertStands("h", cursor.seekCeiling(text("h")), cursor, "at the last key" + where);
      assertFalse(cursor.seekCeiling(text("ha")), "above the last key" + where);
    });
  }

  @Test
  public void required_store172_seekFloorFindsTheGreatestKeyAtOrBelow() {
    inBothTransactions((cursor, where) -> {
      assertStands("h", cursor.seekFloor(bytes(0xff, 0xff)), cursor, "at or below the greatest" + where);
      assertStands("f", cursor.seekFloor(text("f")), cursor, "at a key" + where);
      assertStands("f", cursor.seekFloor(text("f\0")), cursor, "just above a key" + where);
      assertStands("d", cursor.seekFloor(text("e")), cursor, "at a deleted key" + where);
      assertStands("b", cursor.seekFloor(text("c")), cursor, "between keys" + where);
      assertStands("h", cursor.seekFloor(text("hh")), cursor, "above the last key" + where);
      assertFalse(cursor.seekFloor(text("a")), "below the first key" + where);
      assertFalse(cursor.seekFloor(text("")), "at or below nothing" + where);
    });
  }

  @Test
  public void required_store173_seekLastFindsTheGreatestKey() {
    inBothTransactions((cursor, where) -> {
      assertStands("h", cursor.seekLast(), cursor, "from nowhere" + where);
      assertStands("f", cursor.previous(), cursor, "and down from there" + where);
      assertStands("h", cursor.seekLast(), cursor, "from elsewhere" + where);
      assertEquals("8", string(cursor.value()), "its value" + where);
    });
    KeyValueStore store = open();
    commit(store, "a", "1");
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(BETA)) {
      assertFalse(cursor.seekLast(), "in an empty table");
    }
  }

  @Test
  public void required_store174_nextGoesToTheNextGreaterKey() {
    inBothTransactions((cursor, where) -> {
      assertStands("b", cursor.seekCeiling(text("a")), cursor, "seek" + where);
      assertStands("d", cursor.next(), cursor, "first step" + where);
      assertStands("f", cursor.next(), cursor, "second step" + where);
      assertStands("d", cursor.previous(), cursor, "a step back" + where);
      assertStands("f", cursor.next(), cursor, "and forth" + where);
      assertStands("h", cursor.next(), cursor, "last step" + where);
      assertEquals("8", string(cursor.value()), "its value" + where);
      assertFalse(cursor.next(), "there is no more" + where);
    });
  }

  @Test
  public void required_store175_previousGoesToTheNextSmallerKey() {
    inBothTransactions((cursor, where) -> {
      assertStands("h", cursor.seekFloor(text("z")), cursor, "seek" + where);
      assertStands("f", cursor.previous(), cursor, "first step" + where);
      assertStands("d", cursor.previous(), cursor, "second step" + where);
      assertStands("f", cursor.next(), cursor, "a step back" + where);
      assertStands("d", cursor.previous(), cursor, "and forth" + where);
      assertStands("b", cursor.previous(), cursor, "last step" + where);
      assertEquals("2", string(cursor.value()), "its value" + where);
      assertFalse(cursor.previous(), "there is no more" + where);
    });
  }

  @Test
  public void required_store176_aCursorMayStandNowhere() {
    inBothTransactions((cursor, where) -> {
      standsNowhere(cursor, "after it was lost or opened" + where);
      assertTrue(cursor.seekLast(), "a seek brings it back" + where);
      assertFalse(cursor.next());
      standsNowhere(cursor, "after next found nothing" + where);
      assertTrue(cursor.seekCeiling(text("")), "a seek brings it back again" + where);
      assertFalse(cursor.previous());
      standsNowhere(cursor, "after previous found nothing" + where);
      assertTrue(cursor.seekLast());
      assertFalse(cursor.seekCeiling(text("z")));
      standsNowhere(cursor, "after seekCeiling found nothing" + where);
      assertTrue(cursor.seekLast());
      assertFalse(cursor.seekFloor(text("")));
      standsNowhere(cursor, "after seekFloor found nothing" + where);
    });
  }

  private static void standsNowhere(Cursor cursor, String when) {
    assertThrows(IllegalStateException.class, cursor::key, "key " + when);
    assertThrows(IllegalStateException.class, cursor::value, "value " + when);
    assertThrows(IllegalStateException.class, cursor::next, "next " + when);
    assertThrows(IllegalStateException.class, cursor::previous, "previous " + when);
  }

  @Test
  public void required_store177_aCursorNeverLeavesItsTable() {
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      for (byte[] key : List.of(bytes(), bytes(0xff), bytes(0xff, 0xff))) {
        txn.put(ALPHA, key, text("a"));
        txn.put(OMEGA, key, text("o"));
      }
      txn.put(BETA, bytes(0x80), text("b"));
      staysInside(txn, ", before the commit");
      txn.commit(Durability.LAZY);
    }
    try (ReadTxn txn = store.read()) {
      staysInside(txn, "");
    }
  }

  private static void staysInside(ReadTxn txn, String when) {
    try (Cursor cursor = txn.cursor(BETA)) {
      assertTrue(cursor.seekCeiling(bytes()));
      assertEquals("b", string(cursor.value()), "the first key of the table" + when);
      assertFalse(cursor.previous(), "the table before has other keys" + when);
      assertTrue(cursor.seekLast());
      assertEquals("b", string(cursor.value()), "the last key of the table" + when);
      assertFalse(cursor.next(), "the table after has other keys" + when);
      assertFalse(cursor.seekCeiling(bytes(0x81)), "a ceiling is not in the next table" + when);
      assertFalse(cursor.seekFloor(bytes(0x7f)), "a floor is not in the table before" + when);
      assertTrue(cursor.seekFloor(bytes(0xff, 0xff, 0xff)), "a floor inside the table" + when);
    }
    try (Cursor first = txn.cursor(ALPHA); Cursor last = txn.cursor(OMEGA)) {
      assertTrue(first.seekLast());
      assertEquals("a", string(first.value()), "the last key of the first table" + when);
      assertFalse(first.next(), "the first table ends" + when);
      assertTrue(last.seekLast());
      assertEquals("o", string(last.value()), "the last key of the last table" + when);
      assertFalse(last.next(), "the last table ends" + when);
      assertTrue(last.seekCeiling(bytes()));
      assertFalse(last.previous(), "the last table begins" + when);
    }
  }

  @Test
  public void required_store178_aClosedCursorIsRefused() {
    KeyValueStore store = open();
    commit(store, "a", "1");
    ReadTxn snapshot = store.read();
    Cursor closed = snapshot.cursor(ALPHA);
    assertTrue(closed.seekLast());
    closed.close();
    closed.close();
    refuses(closed, "after its close");
    Cursor left = snapshot.cursor(ALPHA);
    assertTrue(left.seekLast());
    snapshot.close();
    refuses(left, "after the close of its snapshot");
    left.close();
    WriteTxn txn = store.write();
    Cursor cursor = txn.cursor(ALPHA);
    assertTrue(cursor.seekLast());
    txn.commit(Durability.LAZY);
    refuses(cursor, "after the commit of its transaction");
    txn.close();
    cursor.close();
  }

  static void refuses(Cursor cursor, String when) {
    assertThrows(StoreException.class, () -> cursor.seekCeiling(text("")), "seekCeiling " + when);
    assertThrows(StoreException.class, () -> cursor.seekFloor(text("")), "seekFloor " + when);
    assertThrows(StoreException.class, cursor::seekLast, "seekLast " + when);
    assertThrows(StoreException.class, cursor::next, "next " + when);
    assertThrows(StoreException.class, cursor::previous, "previous " + when);
    assertThrows(StoreException.class, cursor::key, "key " + when);
    assertThrows(StoreException.class, cursor::value, "value " + when);
  }
}
