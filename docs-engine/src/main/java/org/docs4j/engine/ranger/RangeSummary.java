package org.docs4j.engine.ranger;

import org.docs4j.api.model.Fingerprint;

/**
 * What a range holds, in short.
 *
 * @param count how many entries
 * @param sum the exclusive or of their fingerprints, without the seed of a set
 */
public record RangeSummary(long count, Fingerprint sum) {
  /** No entries. */
  public static final RangeSummary NONE = new RangeSummary(0, Fingerprint.ZERO);

  /** Both together, where they have no entry in common. */
  public RangeSummary plus(RangeSummary other) {
    return new RangeSummary(count + other.count, sum.xor(other.sum));
  }

  /** What remains of this without a part of it. */
  public RangeSummary minus(RangeSummary part) {
    return new RangeSummary(count - part.count, sum.xor(part.sum));
  }

  /** The fingerprint of the set (WIRE 3.7). */
  public Fingerprint fingerprint() {
    return sum.xor(Fingerprint.EMPTY_SET);
  }
}
