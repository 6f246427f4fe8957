package org.docs4j.engine.memory;

import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens stores that keep nothing: each is new, empty, and gone when it is closed. */
public final class MemoryStoreProvider implements StoreProvider {
  /** Allocates nothing. */
  public MemoryStoreProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    if (config.folder().isPresent()) {
      throw new StoreException("the memory store keeps nothing in a folder; open it without one");
    }
    if (!config.options().isEmpty()) {
      throw new StoreException("the memory store has no option " + config.options().keySet().iterator().next());
    }
    return new MemoryStore(config.tables());
  }
}
