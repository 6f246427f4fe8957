package org.docs4j.engine;

import java.time.Duration;
import org.docs4j.api.SyncAccess;

/**
 * Local choices of the engine; no peer needs to know or share them.
 *
 * @param splitWidth into how many sub-ranges a differing range is split when many differ, from 2; a single one is split
 *     into four times as many
 * @param itemLimit up to how many entries a differing sub-range is sent as items when many differ, from 1
 * @param messageBudget about how many bytes of entries one sync message carries at most, from 1
 * @param patience how long a peer may make no progress in a session, more than nothing
 * @param access who may sync which document
 */
public record EngineConfig(
    int splitWidth, int itemLimit, long messageBudget, Duration patience, SyncAccess access) {
  /** The measured defaults: 16, 32, 1 MiB and 30 seconds; everyone may sync. */
  public static final EngineConfig DEFAULT =
      new EngineConfig(16, 32, 1 << 20, Duration.ofSeconds(30), SyncAccess.EVERYONE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is below its minimum
   */
  public EngineConfig {
    if (splitWidth < 2 || itemLimit < 1 || messageBudget < 1) {
      throw new IllegalArgumentException("split width from 2, item limit and message budget from 1");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("the patience with peers must be more than nothing");
    }
  }

  /** How many sub-ranges the differing ranges of a message share when they are few. */
  int parts() {
    return (int) Math.min(Integer.MAX_VALUE, 4L * splitWidth);
  }

  /** The same with another decision who may sync. */
  public EngineConfig withAccess(SyncAccess decision) {
    return new EngineConfig(splitWidth, itemLimit, messageBudget, patience, decision);
  }
}
