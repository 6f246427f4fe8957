package org.docs4j.tck.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.WallClock;

/** Virtual time: it stands still while a task runs and jumps to the next one that is due. */
public final class SimClock implements Ticker {
  /** What the clocks on the walls of all nodes show when a simulation begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private volatile long nanos;

  SimClock() {}

  /** Virtual nanoseconds since the simulation began, from 0. */
  @Override
  public long nanos() {
    return nanos;
  }

  /** The virtual time that has passed since the simulation began. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  WallClock wall(Supplier<Duration> skew) {
    return () -> Timestamp.of(START.plusNanos(nanos).plus(skew.get()));
  }

  void moveTo(long later) {
    nanos = Math.max(nanos, later);
  }
}
