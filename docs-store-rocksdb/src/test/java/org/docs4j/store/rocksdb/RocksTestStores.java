package org.docs4j.store.rocksdb;

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
final class RocksTestStores {
  static final Table TABLE = new Table(3, "table");

  private RocksTestStores() {}

  static KeyValueStore open(Path folder, Map<String, String> options) {
    return new RocksStoreProvider().open(new StoreConfig(Optional.of(folder), List.of(TABLE), options));
  }

  /** Commits values of so many bytes, the same in all, at the keys of some numbers. */
  static void fill(KeyValueStore store, int from, int to, int valueBytes) {
    try (WriteTxn txn = store.write()) {
      for (int i = from; i < to; i++) {
        txn.put(TABLE, ("key" + i).getBytes(StandardCharsets.US_ASCII), new byte[valueBytes]);
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
