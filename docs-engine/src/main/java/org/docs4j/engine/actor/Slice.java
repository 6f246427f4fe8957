package org.docs4j.engine.actor;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.docs4j.api.spi.Ticker;

/**
 * The time that long work may take before the sync actor turns to something else; asked after each step whether it is
 * over. For one thread.
 */
final class Slice implements BooleanSupplier {
  /** How long a slice is. */
  static final Duration TIME = Duration.ofMillis(10);

  /** How many steps a slice has at most: what ends it where time does not pass while something runs. */
  static final int STEPS = 1024;

  private final Ticker ticker;
  private final long begun;
  private final int most;
  private int steps;

  /** Begins a slice of at most so many steps. */
  Slice(Ticker ticker, int most) {
    this.ticker = ticker;
    this.begun = ticker.nanos();
    this.most = most;
  }

  /** Counts a step; returns whether the slice is over. */
  @Override
  public boolean getAsBoolean() {
    return most != Integer.MAX_VALUE && (++steps >= most || ticker.since(begun).compareTo(TIME) >= 0);
  }

  /** A slice that is never over. */
  static Slice endless(Ticker ticker) {
    return new Slice(ticker, Integer.MAX_VALUE);
  }
}
