package org.docs4j.engine.memory;

import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

class MemoryStoreTest extends KeyValueStoreVerification {
  @Override
  protected StoreProvider provider() {
    return new MemoryStoreProvider();
  }
}
