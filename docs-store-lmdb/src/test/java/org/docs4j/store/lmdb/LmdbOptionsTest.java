package org.docs4j.store.lmdb;

import static org.docs4j.store.lmdb.LmdbTestStores.TABLE;
import static org.docs4j.store.lmdb.LmdbTestStores.key;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmdbOptionsTest {
  private static final Map<String, String> READ_ONLY = Map.of("read-only", "true");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "map-limit, 1000", "map-limit, 99999999999999", "max-readers, 255", "max-readers, 65537", "max-readers, few",
    "read-ahead, yes", "read-only, 1", "map-sise, 1048576"
  })
  void open_withABadOption_isRefusedByNameAndWritesNothing(String name, String value) throws IOException {
    StoreException refusal =
        assertThrows(StoreException.class, () -> LmdbTestStores.open(folder, Map.of(name, value)));
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void parse_aSizeAboveTheLimit_isRefused() {
    Map<String, String> options = Map.of("map-size", "2097152", "map-limit", "1048576");
    StoreException refusal = assertThrows(StoreException.class, () -> LmdbOptions.parse(options));
    assertTrue(refusal.getMessage().contains("map-limit"), refusal.getMessage());
    assertEquals(1 << 20, LmdbOptions.parse(Map.of("map-limit", "1048576")).mapSize(), "a lower limit lowers the size");
  }

  @Test
  void when_theMapHasReachedItsLimit_then_theStoreIsFullAndUsableAfterDeletions() {
    KeyValueStore store = LmdbTestStores.open(folder, Map.of("map-size", "1048576", "map-limit", "4194304"));
    int[] committed = {0};
    assertThrows(StoreFullException.class, () -> {
      for (; committed[0] < 100; committed[0]++) {
        LmdbTestStores.fill(store, committed[0] * 100, committed[0] * 100 + 100, 1000);
      }
    });
    assertTrue(committed[0] > 10, "it grew beyond its first size: " + committed[0]);
    assertEquals(committed[0] * 100, LmdbTestStores.count(store), "what was committed is there");
    assertThrows(StoreFullException.class, () -> LmdbTestStores.fill(store, 5000, 9000, 1000), "and stays full");
    for (int i = 0; i < 500; i += 10) {
      try (WriteTxn txn = store.write()) {
        for (int j = i; j < i + 10; j++) {
          assertTrue(txn.delete(TABLE, key(j)));
        }
        txn.commit(Durability.SYNC);
      }
    }
    LmdbTestStores.fill(store, 0, 100, 1000);
    store.close();
    assertTrue(folder.resolve(LmdbFile.DATA).toFile().length() <= 4 << 20, "the file stays within the limit");
  }

  @Test
  void read_withMoreSnapshotsThanReaders_isRefusedAndGoesOn() {
    KeyValueStore store = LmdbTestStores.open(folder, Map.of("max-readers", "256", "read-ahead", "false"));
    LmdbTestStores.fill(store, 0, 10, 10);
    List<ReadTxn> open = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      open.add(store.read());
    }
    assertThrows(StoreException.class, store::read);
    open.remove(0).close();
    store.read().close();
    assertEquals(10, LmdbTestStores.count(store));
    store.close();
  }

  @Test
  void openReadOnly_aStore_readsEverythingAndChangesNothing() throws IOException {
    KeyValueStore writing = LmdbTestStores.open(folder);
    LmdbTestStores.fill(writing, 0, 1000, 100);
    writing.close();
    byte[] before = Files.readAllBytes(folder.resolve(LmdbFile.DATA));
    KeyValueStore store = LmdbTestStores.open(folder, READ_ONLY);
    assertEquals(1000, LmdbTestStores.count(store));
    assertThrows(StoreReadOnlyException.class, store::write);
    store.sync();
    assertEquals(1000, LmdbTestStores.count(store), "it goes on after the refusal");
    assertThrows(StoreException.class, () -> LmdbTestStores.open(folder), "it is taken, as any other");
    store.close();
    assertArrayEquals(before, Files.readAllBytes(folder.resolve(LmdbFile.DATA)));
    KeyValueStore again = LmdbTestStores.open(folder);
    LmdbTestStores.fill(again, 1000, 1001, 100);
    again.close();
  }

  @Test
  void openReadOnly_whereNoStoreIs_isRefusedAndMakesNone() throws IOException {
    assertThrows(StoreException.class, () -> LmdbTestStores.open(folder, READ_ONLY));
    Files.write(folder.resolve(LmdbFile.DATA), new byte[10_000]);
    assertThrows(StoreCorruptedException.class, () -> LmdbTestStores.open(folder, READ_ONLY));
    try (var files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertEquals(List.of(LmdbFile.DATA, FolderLock.FILE), names);
    }
    assertFalse(Files.exists(folder.resolve("lock.mdb")));
  }
}
