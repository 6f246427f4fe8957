package org.docs4j.transport.quic.disco;

/** Lets so many events a second pass on average, and as many at once. Confined to one thread. */
final class RateLimit {
  private static final long SECOND = 1_000_000_000;

  private final long spacing;
  private boolean begun;
  private long free;

  RateLimit(int perSecond) {
    this.spacing = SECOND / perSecond;
  }

  /** Whether one more may pass now, in nanoseconds of a ticker; if so it is counted. */
  boolean pass(long now) {
    if (!begun || free - now < -SECOND) {
      begun = true;
      free = now - SECOND;
    }
    if (free - now > -spacing) {
      return false;
    }
    free += spacing;
    return true;
  }
}
