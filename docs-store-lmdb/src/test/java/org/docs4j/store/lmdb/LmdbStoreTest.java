package org.docs4j.store.lmdb;

import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

class LmdbStoreTest extends KeyValueStoreVerification {
  @Override
  protected StoreProvider provider() {
    return new LmdbStoreProvider();
  }
}
