package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/**
 * Answers to a peer that has all of a range but some of the latest entries here: these entries at once, instead of one
 * message after the other that splits the range until they are found.
 *
 * <p>They go as ranges of their own, as narrow as can be, that want no answer (WIRE 4.6): what the peer has in them is
 * known by its fingerprint. Of the rest of the range nothing is said, being equal.
 *
 * <p>For one message: who asks for much of it in vain gets no more of it, or a short message could cost long searches.
 */
final class LatestEntries {
  /** After how many ranges in a row for which nothing is found no further one is tried. */
  static final int MAX_IN_VAIN = 8;

  /** In how many places entries of one message lie at most, as a multiple of those of one range. */
  private static final int RANGES_OF_MOST = 8;

  private final NamespaceId namespace;
  private final int mostOfRange;
  private int placesLeft;
  private int inVain;

  /** For a message about a document. */
  LatestEntries(NamespaceId namespace, ReconcilerConfig config) {
    this.namespace = namespace;
    this.mostOfRange = config.isShared() ? config.parts() : 0;
    this.placesLeft = RANGES_OF_MOST * mostOfRange;
  }

  /**
   * Answers a range that differs, if it is known which entries make the difference and they lie in few places.
   *
   * @return whether the range was answered
   */
  boolean answer(Part.RangeFingerprint part, RangeSummary ours, Answer answer) {
    if (placesLeft == 0 || inVain == MAX_IN_VAIN) {
      return false;
    }
    RangeView view = answer.view();
    Optional<List<RecordIdentifier>> ids =
        view.latest(part.range().segments(namespace), ours.fingerprint().xor(part.fingerprint()));
    if (ids.isEmpty()) {
      inVain++;
      return false;
    }
    List<Range> ranges = new ArrayList<>();
    if (!cover(ids.get(), view, Math.min(mostOfRange, placesLeft), ranges)) {
      placesLeft = 0;
      return false;
    }
    inVain = 0;
    placesLeft -= ranges.size();
    for (Range range : ranges) {
      if (answer.isFull()) {
        answer.putOff(range, answer.summary(range));
      } else {
        answer.allItems(range, true);
      }
    }
    return true;
  }

  /** Covers identifiers in their order with ranges that hold little else; returns whether few do. */
  private static boolean cover(List<RecordIdentifier> ids, RangeView view, int most, List<Range> ranges) {
    if (ranges.size() >= most) {
      return false;
    }
    RecordIdentifier first = ids.get(0);
    RecordIdentifier end = Segment.next(ids.get(ids.size() - 1));
    if (ids.size() == 1 || isDense(ids.size(), new Segment(new Bound.At(first), new Bound.At(end)), view)) {
      ranges.add(new Range(first, end));
      return true;
    }
    int half = ids.size() / 2;
    return cover(ids.subList(0, half), view, most, ranges) && cover(ids.subList(half, ids.size()), view, most, ranges);
  }

  /** Whether an entry in between costs the peer less than the ends of another range. */
  private static boolean isDense(int ids, Segment around, RangeView view) {
    return view.summary(around).count() - ids <= ids / 2;
  }
}
