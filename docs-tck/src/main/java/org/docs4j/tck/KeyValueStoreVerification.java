package org.docs4j.tck;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.docs4j.api.spi.store.StoreConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Proves that a store keeps the rules {@code store1xx}, which stand beside the methods of
 * {@link org.docs4j.api.spi.store}.
 *
 * <p>Extend it, give your provider, done:
 *
 * <pre>{@code
 * class MyStoreTest extends KeyValueStoreVerification {
 *   @Override
 *   protected StoreProvider provider() {
 *     return new MyStoreProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>A test is named after its rule. Those named {@code untested_} are reported as skipped: nobody can check them from
 * inside of a process. For a provider that is not {@link org.docs4j.api.spi.Provider#persistent} the rules about folders
 * are skipped as well.
 */
public abstract class KeyValueStoreVerification extends StoreProcessRules {
  /** The system property with a seed, to run the random test again as it was. */
  public static final String SEED_PROPERTY = "docs4j.seed";

  private static final long[] SEEDS = {1, 2, 3};
  private static final int STEPS = 4000;

  /** For subclasses. */
  protected KeyValueStoreVerification() {}

  /** Random work of every kind on the store and on a simple model; after each step both must answer alike. */
  @Test
  public void required_store100_aStoreAnswersLikeAnOrderedMap() {
    for (long seed : SEEDS) {
      compare(seed);
    }
  }

  /** The same with a new seed each time; it is reported, and part of every failure's message. */
  @Test
  public void required_store100_aStoreAnswersLikeAnOrderedMapForANewSeed(TestReporter reporter) {
    Long given = Long.getLong(SEED_PROPERTY);
    long seed = given == null ? new SecureRandom().nextLong() : given;
    reporter.publishEntry(SEED_PROPERTY, Long.toString(seed));
    compare(seed);
  }

  private void compare(long seed) {
    Optional<Path> folder = provider().persistent() ? Optional.of(newFolder()) : Optional.empty();
    StoreConfig config = config(folder, TABLES);
    try (StoreComparison comparison = new StoreComparison(() -> open(config), folder.isPresent(), seed)) {
      comparison.run(STEPS);
    }
  }
}
