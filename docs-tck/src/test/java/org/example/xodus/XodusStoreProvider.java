package org.example.xodus;

import java.nio.file.Path;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens stores on JetBrains Xodus, each in a folder of its own; {@link XodusOptions} lists the options. */
public final class XodusStoreProvider implements StoreProvider {
  /** Allocates nothing, as the service loader may make it for nothing. */
  public XodusStoreProvider() {}

  @Override
  public String name() {
    return "xodus";
  }

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    Path folder = config.folder().orElseThrow(() -> new StoreException("the Xodus store needs a folder"));
    XodusOptions options = XodusOptions.parse(config.options());
    FolderLock lock = FolderLock.acquire(folder);
    boolean opened = false;
    try {
      XodusFolder files = new XodusFolder(folder);
      files.check();
      KeyValueStore store = XodusStore.open(files, options, config.tables(), lock);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }
}
