package org.docs4j.engine.ranger;

import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.RecordIdentifier;

/**
 * The entries of one replica as reconciliation sees them, tombstones included, in the order of their identifiers.
 *
 * <p>Bounds belong to the replica's namespace. A view over a write transaction shows what was put into it. Used by one
 * thread at a time.
 */
public interface RangeView {
  /** The smallest identifier, unless the replica is empty. */
  Optional<RecordIdentifier> smallest();

  /** Count and fingerprint of a segment, in O(log n) row reads. */
  RangeSummary summary(Segment segment);

  /**
   * The identifier at a position of a segment, in O(log n) row reads.
   *
   * @param index from 0 to one less than the segment's count
   */
  RecordIdentifier select(Segment segment, long index);

  /**
   * The first entries of a segment in order: fewer than asked for once they take about 1 MiB, but at least one if there
   * is any.
   *
   * @param max how many at most, from 1
   */
  EntryPage entries(Segment segment, int max);

  /**
   * The identifiers of the entries that were put last into some segments and that together make a difference, in their
   * order: what a peer lacks whose fingerprint differs by as much.
   *
   * @param difference the exclusive or of two fingerprints of the segments
   * @return at least one; empty where the latest entries do not make it, or are not remembered
   */
  default Optional<List<RecordIdentifier>> latest(List<Segment> segments, Fingerprint difference) {
    return Optional.empty();
  }
}
