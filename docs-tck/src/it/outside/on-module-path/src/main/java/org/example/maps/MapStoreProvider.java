package org.example.maps;

import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;

/** Opens stores of sorted maps, which keep nothing. */
public final class MapStoreProvider implements StoreProvider {
  /** Allocates nothing. */
  public MapStoreProvider() {}

  @Override
  public String name() {
    return "maps";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public KeyValueStore open(StoreConfig config) {
    config.options().keySet().stream().findAny().ifPresent(name -> {
      throw new StoreException("the store of maps has no option " + name);
    });
    return new MapStore(config.tables());
  }
}
