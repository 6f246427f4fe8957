package org.docs4j.store.rocksdb;

import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

class RocksStoreTest extends KeyValueStoreVerification {
  @Override
  protected StoreProvider provider() {
    return new RocksStoreProvider();
  }
}
