package org.docs4j.tck.store;

import java.util.EnumSet;
import java.util.Set;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

/** The kit over tiny stores; not run by itself but by the kit's own test, which says with which flaw. */
final class TinyStoreKit extends KeyValueStoreVerification {
  /** What is wrong with the store. */
  static final Set<StoreFlaw> FLAWS = EnumSet.noneOf(StoreFlaw.class);

  @Override
  protected StoreProvider provider() {
    return new TinyStoreProvider(FLAWS);
  }
}
