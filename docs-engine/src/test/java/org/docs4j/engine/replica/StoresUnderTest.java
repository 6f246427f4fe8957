package org.docs4j.engine.replica;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.engine.memory.MemoryStoreProvider;

/** The key-value stores that the replica store is tested on. */
enum StoresUnderTest {
  MEMORY,
  MEMORY_WITH_SHORT_KEYS,
  LMDB,
  ROCKSDB;

  /** A store that can be closed and opened again with what it held. */
  interface Place {
    KeyValueStore open();
  }

  Place at(Path folder) {
    return switch (this) {
      case MEMORY -> keptOpen(memory());
      case MEMORY_WITH_SHORT_KEYS -> keptOpen(new WatchedStore(memory(), 480));
      case LMDB -> () -> provider("lmdb").open(config(Optional.of(folder)));
      case ROCKSDB -> () -> provider("rocksdb").open(config(Optional.of(folder)));
    };
  }

  static KeyValueStore memory() {
    return new MemoryStoreProvider().open(config(Optional.empty()));
  }

  private static Place keptOpen(KeyValueStore store) {
    return () -> new WatchedStore(store, store.maxKeyBytes()) {
      @Override
      public void close() {
        // what is in memory lives on, as if it were on a disk
      }
    };
  }

  private static StoreConfig config(Optional<Path> folder) {
    return new StoreConfig(folder, List.copyOf(KeyValueReplicaStore.tables()), Map.of());
  }

  private static StoreProvider provider(String name) {
    return Providers.store(Optional.of(name), true);
  }
}
