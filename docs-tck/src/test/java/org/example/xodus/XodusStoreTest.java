package org.example.xodus;

import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

class XodusStoreTest extends KeyValueStoreVerification {
  @Override
  protected StoreProvider provider() {
    return new XodusStoreProvider();
  }
}
