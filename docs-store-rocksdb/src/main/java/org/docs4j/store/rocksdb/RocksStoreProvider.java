package org.docs4j.store.rocksdb;

import java.nio.file.Path;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens stores on RocksDB, each in a folder of its own; the README lists the options. */
public final class RocksStoreProvider implements StoreProvider {
  /** Allocates nothing and loads nothing native. */
  public RocksStoreProvider() {}

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    Path folder = config.folder().orElseThrow(() -> new StoreException("the RocksDB store needs a folder"));
    RocksOptions options = RocksOptions.parse(config.options());
    FolderLock lock = FolderLock.acquire(folder);
    boolean opened = false;
    try {
      if (options.readOnly()) {
        RocksFolder.inspect(folder);
      } else {
        RocksFolder.prepare(folder);
      }
      RocksLibrary.load();
      RocksStore store = new RocksStore(lock, RocksDatabase.open(folder, options), config.tables());
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }
}
