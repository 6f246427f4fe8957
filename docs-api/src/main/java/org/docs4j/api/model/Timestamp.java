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

  /** The timestamp of an instant at or after the epoch, cut to microseconds. */
  public static Timestamp of(Instant instant) {
    return new Timestamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
  }

  /** The timestamp so much later; ends at the largest timestamp instead of wrapping around. */
  public Timestamp plus(Duration duration) {
    long sum = micros + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
    return new Timestamp(Long.compareUnsigned(sum, micros) < 0 ? -1L : sum);
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
