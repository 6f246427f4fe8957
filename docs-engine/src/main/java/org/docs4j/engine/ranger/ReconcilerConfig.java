package org.docs4j.engine.ranger;

/**
 * Local choices of reconciliation; peers may choose differently (WIRE 4.6).
 *
 * @param splitWidth into how many sub-ranges a differing range is split, at least 2
 * @param itemLimit up to how many entries a sub-range is sent as items, at least 1
 * @param messageBudget about how many bytes of entries one message carries at most
 * @param addParents whether an obsolete entry is answered with the entry that protects its place (WIRE 11.14)
 */
public record ReconcilerConfig(int splitWidth, int itemLimit, long messageBudget, boolean addParents) {
  /** Measured defaults: split by 16, items up to 32, 1 MiB of entries a message. */
  public static final ReconcilerConfig DEFAULT = new ReconcilerConfig(16, 32, 1 << 20, true);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is below its minimum
   */
  public ReconcilerConfig {
    if (splitWidth < 2 || itemLimit < 1 || messageBudget < 1) {
      throw new IllegalArgumentException("split width from 2, item limit and budget from 1");
    }
  }
}
