package org.docs4j.api.spi;

import java.util.random.RandomGenerator;

/**
 * Everything that the framework takes from the machine it runs on: threads, clocks and random numbers.
 *
 * @param executor where work runs
 * @param ticker monotonic time
 * @param clock time of day
 * @param random random numbers, cryptographic ones outside of simulations; safe to share between threads
 */
public record Environment(ActorExecutor executor, Ticker ticker, WallClock clock, RandomGenerator random)
    implements AutoCloseable {
  /** A new environment on this machine's threads, clocks and {@link java.security.SecureRandom}. */
  public static Environment system() {
    return SystemExecutor.environment();
  }

  /** Closes the executor. */
  @Override
  public void close() {
    executor.close();
  }
}
