package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Rules about opening, closing and durability. */
abstract class StoreLifeRules extends StoreCursorRules {
  private static final int COMMITS = 40;

  @Test
  public void required_store101_aSecondOpenIsRefused() {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    commit(store, "a", "1");
    try (WriteTxn txn = store.write()) {
      put(txn, "b", "2");
      assertThrows(StoreLockedException.class, () -> open(folder), "while it is open in this process");
      Path detour = folder.resolve("..").resolve(folder.getFileName());
      assertThrows(StoreLockedException.class, () -> open(detour), "under another name of the folder");
      txn.commit(Durability.SYNC);
    }
    assertEquals("a=1 b=2", scan(store), "the open store goes on unharmed");
    store.close();
    assertEquals("a=1 b=2", scan(open(folder)), "after the close it can be opened");
  }

  @Test
  public void required_store102_aStoreOpensWithAllThatWasCommitted() {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    byte[] large = filled(KeyValueStore.MAX_VALUE_BYTES, 7);
    for (int i = 0; i < COMMITS; i++) {
      commit(store, "gone" + i, "old", "k" + i, "v" + i);
      try (WriteTxn txn = store.write()) {
        txn.delete(ALPHA, text("gone" + i));
        txn.put(OMEGA, text(""), text("last " + i));
        txn.commit(i % 2 == 0 ? Durability.SYNC : Durability.LAZY);
      }
    }
    try (WriteTxn txn = store.write()) {
      txn.put(BETA, text("large"), large);
      txn.commit(Durability.LAZY);
    }
    try (WriteTxn txn = store.write()) {
      put(txn, "never", "committed");
    }
    String before = scan(store);
    for (int round = 0; round < 2; round++) {
      store.close();
      store = open(folder);
      assertEquals(before, scan(store), "after a clean end, reopened " + (round + 1) + " times");
      try (ReadTxn txn = store.read()) {
        assertEquals("=last " + (COMMITS - 1), scan(txn, OMEGA), "the table with the highest number");
        assertValue(large, txn.get(BETA, text("large")), "a large value");
      }
    }
  }

  @Test
  public void required_store102_whatOtherTablesHoldStays() {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    commit(store, "a", "1");
    store.close();
    KeyValueStore narrow = open(config(Optional.of(folder), List.of(OMEGA)));
    try (WriteTxn txn = narrow.write()) {
      txn.put(OMEGA, text("o"), text("2"));
      txn.commit(Durability.SYNC);
    }
    narrow.close();
    assertEquals("a=1", scan(open(folder)), "a table that the store was not opened with in between");
  }

  @Test
  public void required_store103_aForeignFolderIsRefused() throws IOException {
    assumePersistent();
    Path folder = newFolder();
    Path file = Files.writeString(folder.resolve("notes.txt"), "somebody else's");
    assertThrows(StoreCorruptedException.class, () -> open(folder), "a folder with somebody else's file");
    assertEquals("somebody else's", Files.readString(file), "the file is left as it was");
    assertEquals(List.of("notes.txt"), content(folder), "nothing is added, but for a lock file");
    assertThrows(StoreException.class, () -> open(folder.resolve("missing")), "a folder that does not exist");
    assertTrue(Files.notExists(folder.resolve("missing")), "a folder that does not exist is not made");
    assertThrows(
        StoreException.class, () -> open(config(Optional.empty(), TABLES)), "a store that needs a folder, without one");
  }

  private static List<String> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(FolderLock.FILE)).toList();
    }
  }

  @Test
  public void required_store104_anUnknownOptionIsRefused() throws IOException {
    Optional<Path> folder = provider().persistent() ? Optional.of(newFolder()) : Optional.empty();
    Map<String, String> options = new HashMap<>(options());
    options.put("no-such-option", "1");
    StoreConfig config = new StoreConfig(folder, TABLES, options);
    StoreException refusal = assertThrows(StoreException.class, () -> open(config), "an option nobody knows");
    assertTrue(refusal.getMessage().contains("no-such-option"), "the refusal names it: " + refusal.getMessage());
    if (folder.isPresent()) {
      assertEquals(List.of(), content(folder.get()), "nothing was written");
    }
  }

  @Test
  public void required_store106_aTableIsItsNumber() {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    commit(store, "a", "1");
    store.close();
    Table renamed = new Table(ALPHA.number(), "another name");
    KeyValueStore again = open(config(Optional.of(folder), List.of(renamed)));
    try (ReadTxn txn = again.read()) {
      assertEquals("a=1", scan(txn, renamed), "a table under another name");
      assertEquals("a=1", scan(txn, ALPHA), "the same table under its old name");
    }
  }

  @Test
  public void required_store140_syncSucceedsWheneverTheStoreIsOpen() {
    KeyValueStore store = open();
    store.sync();
    commit(store, "a", "1");
    try (WriteTxn txn = store.write()) {
      put(txn, "b", "2");
      onAnotherThread(() -> {
        store.sync();
        return true;
      });
      txn.commit(Durability.LAZY);
    }
    store.sync();
    store.sync();
    assertEquals("a=1 b=2", scan(store));
  }

  /** Only the release that made the newer format can write it; a store's own tests keep a file of one. */
  @Test
  public void untested_store108_aStoreOfANewerReleaseIsRefused() {
    Assumptions.abort("needs a store that a newer release wrote");
  }

  /** That a durable commit outlives a loss of power cannot be seen from inside of a process. */
  @Test
  public void untested_store140_durableCommitsSurviveALossOfPower() {
    Assumptions.abort("needs a machine whose power can be cut");
  }

  @Test
  public void required_store150_closeRollsBackAndEndsSnapshots() {
    Optional<Path> folder = provider().persistent() ? Optional.of(newFolder()) : Optional.empty();
    KeyValueStore store = open(config(folder, TABLES));
    commit(store, "a", "1");
    ReadTxn snapshot = store.read();
    Cursor reading = snapshot.cursor(ALPHA);
    WriteTxn txn = store.write();
    Cursor writing = txn.cursor(ALPHA);
    put(txn, "b", "2");
    assertTrue(reading.seekLast() && writing.seekLast());
    store.close();
    store.close();
    assertThrows(StoreException.class, () -> snapshot.get(ALPHA, text("a")), "get in a snapshot");
    assertThrows(StoreException.class, () -> txn.get(ALPHA, text("a")), "get in the write transaction");
    assertThrows(StoreException.class, () -> put(txn, "c", "3"), "put");
    assertThrows(StoreException.class, () -> txn.commit(Durability.SYNC), "commit");
    refuses(reading, "of a snapshot after the close of the store");
    refuses(writing, "of the write transaction after the close of the store");
    List.of(reading, writing).forEach(Cursor::close);
    List.of(snapshot, txn).forEach(ReadTxn::close);
    store.close();
    if (folder.isPresent()) {
      assertEquals("a=1", scan(open(folder.get())), "the open transaction was rolled back");
    }
  }

  @Test
  public void required_store150_closeEndsAnotherThreadsTransaction() {
    Optional<Path> folder = provider().persistent() ? Optional.of(newFolder()) : Optional.empty();
    KeyValueStore store = open(config(folder, TABLES));
    commit(store, "a", "1");
    CountDownLatch writing = new CountDownLatch(1);
    FutureTask<Boolean> writer = start(() -> {
      try (WriteTxn txn = store.write()) {
        for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
          put(txn, "k" + i % 100, "v" + i);
          writing.countDown();
        }
        return false;
      } catch (StoreException e) {
        return true;
      }
    });
    onAnotherThread(() -> {
      writing.await();
      store.close();
      return true;
    });
    assertTrue(join(writer), "the other thread was refused");
    if (folder.isPresent()) {
      assertEquals("a=1", scan(open(folder.get())), "its transaction was rolled back");
    }
  }

  @Test
  public void required_store151_aClosedStoreIsRefused() {
    KeyValueStore store = open();
    store.close();
    assertThrows(StoreException.class, () -> store.read().close(), "read");
    assertThrows(StoreException.class, () -> store.write().close(), "write");
    assertThrows(StoreException.class, store::sync, "sync");
  }
}
