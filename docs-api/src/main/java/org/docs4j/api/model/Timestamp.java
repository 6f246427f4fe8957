package org.docs4j.api.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A point in time as entries carry it: microseconds since the Unix epoch, an unsigned 64-bit number.
 *
 * @param micros microseconds since 1970-01-01T00:00:00Z, unsigned
 */
public record Timestamp(long micros) implements Comparable<Timestamp> {
  /** The epoch itself, the earliest timestamp. */
  public static final Timestamp EPOCH = new Timestamp(0);

  /** The largest timestamp, 2^64 - 1. */
  public static final Timestamp LATEST = new Timestamp(-1L);

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE / MICROS_PER_SECOND - 1);

  /**
   * The timestamp of an instant, cut to microseconds.
   *
   * @throws IllegalArgumentException if the instant is before the epoch
   */
  public static Timestamp of(Instant instant) {
    if (instant.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("no timestamp is before 1970, but this instant is: " + instant);
    }
    return new Timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  /**
   * The timestamp so much later, cut to microseconds; ends at the largest timestamp instead of wrapping around.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public Timestamp plus(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration to add is not negative, but this one is: " + duration);
    }
    if (duration.compareTo(LONGEST) > 0) {
      return LATEST;
    }
    long sum = micros + duration.getSeconds() * MICROS_PER_SECOND + duration.getNano() / 1000;
    return Long.compareUnsigned(sum, micros) < 0 ? LATEST : new Timestamp(sum);
  }

  /** The next timestamp, one microsecond later; the largest one stays. */
  public Timestamp next() {
    return micros == -1L ? this : new Timestamp(micros + 1);
  }

  /** Whether this timestamp is later than another. */
  public boolean isAfter(Timestamp other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Timestamp other) {
    return Long.compareUnsigned(micros, other.micros);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(micros);
  }
}
