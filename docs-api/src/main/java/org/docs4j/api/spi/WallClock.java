package org.docs4j.api.spi;

import org.docs4j.api.model.Timestamp;

/** The time of day in microseconds, as entries are stamped with it; it may step back. */
@FunctionalInterface
public interface WallClock {
  /** The present time. Safe to call from any thread. */
  Timestamp now();
}
