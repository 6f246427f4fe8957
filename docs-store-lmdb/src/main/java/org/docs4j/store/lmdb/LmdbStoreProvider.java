package org.docs4j.store.lmdb;

import java.nio.file.Path;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens stores on LMDB, each a file {@code data.mdb} in a folder of its own; the README lists the options. */
public final class LmdbStoreProvider implements StoreProvider {
  /** Allocates nothing and loads nothing native. */
  public LmdbStoreProvider() {}

  @Override
  public String name() {
    return "lmdb";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    Path folder = config.folder().orElseThrow(() -> new StoreException("the LMDB store needs a folder"));
    LmdbOptions options = LmdbOptions.parse(config.options());
    FolderLock lock = FolderLock.acquire(folder);
    boolean opened = false;
    try {
      if (options.readOnly()) {
        LmdbFile.inspect(folder);
      } else {
        LmdbFile.prepare(folder);
      }
      LmdbStore store = new LmdbStore(lock, LmdbEnvironment.open(folder, options), config.tables());
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }
}
