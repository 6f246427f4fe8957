package org.docs4j.api.spi;

import java.time.Duration;

/** A clock that only moves forward, for time-outs and measurements; it says nothing about the time of day. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary point; only differences mean anything. Safe to call from any thread. */
  long nanos();

  /** The time that has passed since an earlier reading. */
  default Duration since(long earlierNanos) {
    return Duration.ofNanos(nanos() - earlierNanos);
  }
}
