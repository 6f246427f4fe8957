package org.docs4j.store.lmdb;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** Stores with one table, for the tests of this module. */
final class LmdbTestStores {
  static final Table TABLE = new Table(3, "table");

  private LmdbTestStores() {}

  static KeyValueStore open(Path folder) {
    return open(folder, Map.of());
  }

  static KeyValueStore open(Path folder, Map<String, String> options) {
    return new LmdbStoreProvider().open(new StoreConfig(Optional.of(folder), List.of(TABLE), options));
  }

  static byte[] key(int number) {
    return ("key" + number).getBytes(StandardCharsets.US_ASCII);
  }

  /** Commits values of so many bytes at the keys of some numbers. */
  static void fill(KeyValueStore store, int from, int to, int valueBytes) {
    try (WriteTxn txn = store.write()) {
      for (int i = from; i < to; i++) {
        txn.put(TABLE, key(i), new byte[valueBytes]);
      }
      txn.commit(Durability.SYNC);
    }
  }

  static int count(KeyValueStore store) {
    int count = 0;
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(TABLE)) {
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        count++;
      }
    }
    return count;
  }
}
