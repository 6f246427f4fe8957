package org.example.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;
import org.junit.jupiter.api.Test;

class MapStoreTest extends KeyValueStoreVerification {
  @Override
  protected StoreProvider provider() {
    return new MapStoreProvider();
  }

  @Test
  void thisTest_always_runsInTheModule() {
    assertEquals("org.example.maps", getClass().getModule().getName());
  }
}
