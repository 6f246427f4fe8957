package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules about snapshots and the write transaction. */
abstract class StoreTransactionRules extends StoreValueRules {
  private static final int VERSIONS = 16;
  private static final int READERS = 3;
  private static final int BUSY_VERSIONS = 60;
  private static final int BUSY_ROWS = 20;

  @Test
  public void required_store120_aSnapshotSeesWhatWasCommittedBefore() {
    KeyValueStore store = open();
    commit(store, "a", "1", "b", "2", "c", "3");
    try (ReadTxn snapshot = store.read(); Cursor cursor = snapshot.cursor(ALPHA)) {
      assertStands("a", cursor.seekCeiling(text("")), cursor, "a cursor of the snapshot");
      try (WriteTxn txn = store.write()) {
        put(txn, "a", "changed");
        txn.delete(ALPHA, text("b"));
        put(txn, "bb", "new");
        assertEquals("a=1 b=2 c=3", scan(snapshot), "while a transaction writes");
        txn.commit(Durability.SYNC);
      }
      assertEquals("a=1 b=2 c=3", scan(snapshot), "after a commit");
      assertValue(text("2"), snapshot.get(ALPHA, text("b")), "a key deleted since");
      assertTrue(snapshot.get(ALPHA, text("bb")).isEmpty(), "a key put since");
      assertStands("b", cursor.next(), cursor, "a cursor opened before the commit");
      commit(store, "d", "4");
      assertStands("c", cursor.next(), cursor, "a cursor opened before two commits");
      assertEquals(false, cursor.next(), "a cursor opened before two commits comes to its end");
    }
    assertEquals("a=changed bb=new c=3 d=4", scan(store), "a new snapshot");
  }

  /** The intent: readers and the writer never wait for each other, and no reader sees half of a commit. */
  @Test
  public void required_store120_snapshotsAreWholeBesideAWriter() {
    KeyValueStore store = open();
    commitEverywhere(store, 0);
    AtomicBoolean done = new AtomicBoolean();
    List<FutureTask<Integer>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(start(() -> readUntil(store, done)));
    }
    try {
      for (int version = 1; version <= BUSY_VERSIONS; version++) {
        commitEverywhere(store, version);
      }
    } finally {
      done.set(true);
    }
    for (FutureTask<Integer> reader : readers) {
      assertEquals(BUSY_VERSIONS, join(reader), "the version in a snapshot opened after the last commit");
    }
  }

  private static void commitEverywhere(KeyValueStore store, int version) {
    byte[] value = text(Integer.toString(version));
    try (WriteTxn txn = store.write()) {
      for (Table table : TABLES) {
        for (int row = 0; row < BUSY_ROWS; row++) {
          txn.put(table, bytes(row), value);
        }
      }
      txn.commit(Durability.LAZY);
    }
  }

  /** Opens snapshot after snapshot, at least one after the end, and returns the version in the last one. */
  private static int readUntil(KeyValueStore store, AtomicBoolean done) {
    int seen = 0;
    boolean last;
    do {
      last = done.get();
      try (ReadTxn snapshot = store.read()) {
        int version = Integer.parseInt(string(snapshot.get(ALPHA, bytes(0)).orElseThrow()));
        assertTrue(version >= seen, "a later snapshot shows version " + version + " after " + seen);
        seen = version;
        for (Table table : TABLES) {
          try (Cursor cursor = snapshot.cursor(table)) {
            for (boolean there = cursor.seekCeiling(bytes()); there; there = cursor.next()) {
              assertEquals(
                  Integer.toString(version), string(cursor.value()), "part of a commit in one snapshot, part not");
            }
          }
        }
      }
    } while (!last);
    return seen;
  }

  @Test
  public void required_store121_aSnapshotMayMoveToAnotherThread() {
    KeyValueStore store = open();
    commit(store, "a", "1");
    ReadTxn snapshot = onAnotherThread(store::read);
    commit(store, "a", "2");
    String seen = assertDoesNotThrow(() -> scan(snapshot), "a snapshot on another thread than its own");
    assertEquals("a=1", seen, "a snapshot on another thread than its own");
    assertEquals("a=1", onAnotherThread(() -> scan(snapshot)), "a snapshot on a third thread");
    assertEquals("a=2", scan(store), "another snapshot beside it");
    snapshot.close();
  }

  @Test
  public void required_store122_manySnapshotsAreOpenAtOnce() {
    KeyValueStore store = open();
    List<ReadTxn> snapshots = new ArrayList<>();
    try {
      for (int version = 0; version < VERSIONS; version++) {
        commit(store, "k", "v" + version);
        for (int i = 0; i < KeyValueStore.MIN_SNAPSHOTS / VERSIONS; i++) {
          snapshots.add(store.read());
        }
      }
      commit(store, "k", "last");
      for (int i = 0; i < snapshots.size(); i++) {
        int version = i / (KeyValueStore.MIN_SNAPSHOTS / VERSIONS);
        assertEquals("k=v" + version, scan(snapshots.get(i)), "snapshot " + i);
      }
    } finally {
      snapshots.forEach(ReadTxn::close);
    }
    assertEquals("k=last", scan(store));
  }

  @Test
  public void required_store123_aClosedSnapshotIsRefused() {
    KeyValueStore store = open();
    commit(store, "a", "1");
    ReadTxn snapshot = store.read();
    snapshot.close();
    snapshot.close();
    assertThrows(StoreException.class, () -> snapshot.get(ALPHA, text("a")), "get");
    assertThrows(StoreException.class, () -> snapshot.cursor(ALPHA).close(), "cursor");
    assertEquals("a=1", scan(store), "the store goes on");
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  public void required_store130_aSecondWriteTransactionIsRefused() {
    KeyValueStore store = open();
    try (WriteTxn txn = store.write()) {
      put(txn, "a", "1");
      assertThrows(StoreException.class, () -> store.write().close(), "on the same thread");
      onAnotherThread(
          () -> assertThrows(StoreException.class, () -> store.write().close(), "on another thread"));
      put(txn, "b", "2");
      txn.commit(Durability.LAZY);
    }
    assertEquals("a=1 b=2", scan(store), "the first transaction goes on unharmed");
  }

  @Test
  public void required_store131_onlyTheTransactionSeesItsWritesBeforeTheCommit() {
    KeyValueStore store = open();
    commit(store, "a", "1", "c", "3", "e", "5");
    try (WriteTxn txn = store.write()) {
      put(txn, "b", "2");
      put(txn, "c", "changed");
      txn.delete(ALPHA, text("e"));
      assertEquals("a=1 b=2 c=changed", scan(txn), "its own cursor");
      assertValue(text("changed"), txn.get(ALPHA, text("c")), "its own get");
      assertTrue(txn.get(ALPHA, text("e")).isEmpty(), "its own get of a deleted key");
      try (ReadTxn snapshot = store.read()) {
        assertEquals("a=1 c=3 e=5", scan(snapshot), "a snapshot opened meanwhile");
        txn.commit(Durability.LAZY);
        assertEquals("a=1 c=3 e=5", scan(snapshot), "the same snapshot after the commit");
      }
    }
    assertEquals("a=1 b=2 c=changed", scan(store), "a snapshot opened after the commit");
  }

  @Test
  public void required_store132_closeWithoutCommitRollsBack() {
    KeyValueStore store = open();
    commit(store, "a", "1", "b", "2");
    try (WriteTxn txn = store.write()) {
      put(txn, "a", "changed");
      txn.delete(ALPHA, text("b"));
      put(txn, "c", "new");
      txn.put(BETA, text("k"), filled(100_000, 1));
    }
    assertEquals("a=1 b=2", scan(store), "after the rollback");
    try (WriteTxn txn = store.write()) {
      assertEquals("a=1 b=2", scan(txn), "in the next transaction");
      assertEquals("", scan(txn, BETA), "in another table");
      put(txn, "d", "4");
      txn.commit(Durability.LAZY);
    }
    assertEquals("a=1 b=2 d=4", scan(store), "nothing of it comes with the next commit");
  }

  @Test
  public void required_store133_aCommitShowsAllWritesAtOnce() {
    KeyValueStore store = open();
    for (Durability durability : Durability.values()) {
      try (WriteTxn txn = store.write()) {
        txn.put(ALPHA, text("k"), text(durability.name()));
        txn.put(OMEGA, text("k"), text(durability.name()));
        txn.commit(durability);
        try (ReadTxn snapshot = store.read()) {
          assertEquals("k=" + durability, scan(snapshot, ALPHA), "as soon as commit returns");
          assertEquals("k=" + durability, scan(snapshot, OMEGA), "in every table");
        }
      }
    }
  }

  @Test
  public void required_store134_anEndedTransactionIsRefused() {
    KeyValueStore store = open();
    for (boolean committed : new boolean[] {true, false}) {
      WriteTxn txn = store.write();
      put(txn, "a", "1");
      if (committed) {
        txn.commit(Durability.LAZY);
      } else {
        txn.close();
      }
      String when = committed ? " after commit" : " after close";
      assertThrows(StoreException.class, () -> txn.get(ALPHA, text("a")), "get" + when);
      assertThrows(StoreException.class, () -> put(txn, "b", "2"), "put" + when);
      assertThrows(StoreException.class, () -> txn.delete(ALPHA, text("a")), "delete" + when);
      assertThrows(StoreException.class, () -> txn.cursor(ALPHA).close(), "cursor" + when);
      assertThrows(StoreException.class, () -> txn.commit(Durability.LAZY), "commit" + when);
      txn.close();
      txn.close();
      assertEquals("a=1", scan(store), "what was committed stays" + when);
    }
  }

  @Test
  public void required_store135_theNextTransactionMayBeOfAnyThread() {
    KeyValueStore store = open();
    commit(store, "a", "1");
    onAnotherThread(() -> {
      commit(store, "b", "2");
      store.write().close();
      return true;
    });
    try (WriteTxn txn = store.write()) {
      put(txn, "c", "3");
      txn.commit(Durability.SYNC);
      assertTrue(onAnotherThread(() -> {
        commit(store, "d", "4");
        return true;
      }), "a committed transaction need not be closed first");
    }
    assertEquals("a=1 b=2 c=3 d=4", scan(store));
  }
}
