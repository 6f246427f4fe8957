package org.docs4j.engine.ranger;

/**
 * Local choices of reconciliation; peers may choose differently (WIRE 4.6).
 *
 * @param splitWidth into how many sub-ranges a differing range is split at least, from 2
 * @param itemLimit up to how many entries a sub-range is sent as items at least, from 1
 * @param parts how many sub-ranges, and how many entries as items, the differing ranges of a message share while they are
 *     so few that each gets more than the two above; a first message to a peer with which there was no session lately has
 *     half as many sub-ranges; in so many places of a differing range are the latest entries sent without splitting it, and
 *     so many differing ranges are looked at for that. From {@code splitWidth}, which means none of this: nothing is shared,
 *     a first message is one range, and whatever differs is split
 * @param messageBudget about how many bytes of entries one message carries at most
 * @param addParents whether an obsolete entry is answered with the entry that protects its place (WIRE 11.14)
 */
public record ReconcilerConfig(int splitWidth, int itemLimit, int parts, long messageBudget, boolean addParents) {
  /** Measured defaults: split by 16, items up to 32, or 64 of both for a single range, 1 MiB of entries a message. */
  public static final ReconcilerConfig DEFAULT = new ReconcilerConfig(16, 32, 64, 1 << 20, true);

  /** A choice of how finely to split, whatever there is to split. */
  public ReconcilerConfig(int splitWidth, int itemLimit, long messageBudget, boolean addParents) {
    this(splitWidth, itemLimit, splitWidth, messageBudget, addParents);
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is below its minimum
   */
  public ReconcilerConfig {
    if (splitWidth < 2 || itemLimit < 1 || messageBudget < 1 || parts < splitWidth) {
      throw new IllegalArgumentException("split width from 2, item limit and budget from 1, parts from the split width");
    }
  }

  /** Whether differing ranges share the parts of a message. */
  boolean isShared() {
    return parts > splitWidth;
  }

  /** How many differing ranges are looked for before any of them is answered. */
  int comparedFirst() {
    return isShared() ? parts : 1;
  }
}
