package org.docs4j.tck.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.tck.KeyValueStoreVerification;

/** The kit over tiny stores; not run by itself but by the kit's own test, which says with which flaw. */
final class TinyStoreKit extends KeyValueStoreVerification {
  /** What is wrong with the store; another process of the kit is told by a property. */
  static final Set<StoreFlaw> FLAWS = EnumSet.noneOf(StoreFlaw.class);

  private static final String PROPERTY = "tiny.flaws";

  static {
    System.getProperty(PROPERTY, "").lines().map(StoreFlaw::valueOf).forEach(FLAWS::add);
  }

  @Override
  protected List<String> jvmOptions() {
    return List.of("-D" + PROPERTY + "=" + FLAWS.stream().map(StoreFlaw::name).collect(Collectors.joining("\n")));
  }

  @Override
  protected StoreProvider provider() {
    return new TinyStoreProvider(FLAWS);
  }
}
