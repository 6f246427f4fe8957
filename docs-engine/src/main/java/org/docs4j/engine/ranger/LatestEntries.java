package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/**
 * The answer to a peer that has all of a range but some of the latest entries here: these entries at once, instead of one
 * message after the other that splits the range until they are found.
 *
 * <p>They go as ranges of their own, as narrow as can be, that want no answer (WIRE 4.6): what the peer has in them is
 * known by its fingerprint. Of the rest of the range nothing is said, being equal.
 */
final class LatestEntries {
  private final RangeView view;
  private final int most;
  private final List<Range> ranges = new ArrayList<>();

  private LatestEntries(RangeView view, int most) {
    this.view = view;
    this.most = most;
  }

  /**
   * Answers a range that differs, if it is known which entries make the difference and they lie in few places.
   *
   * @param most how many places are few
   * @return whether the range was answered
   */
  static boolean answer(Part.RangeFingerprint part, RangeSummary ours, NamespaceId namespace, Answer answer, int most) {
    RangeView view = answer.view();
    Optional<List<RecordIdentifier>> ids =
        view.latest(part.range().segments(namespace), ours.fingerprint().xor(part.fingerprint()));
    if (ids.isEmpty()) {
      return false;
    }
    LatestEntries latest = new LatestEntries(view, most);
    if (!latest.cover(ids.get())) {
      return false;
    }
    for (Range range : latest.ranges) {
      if (answer.isFull()) {
        answer.putOff(range, answer.summary(range));
      } else {
        answer.allItems(range, true);
      }
    }
    return true;
  }

  /** Covers identifiers in their order with ranges that hold little else; returns whether few do. */
  private boolean cover(List<RecordIdentifier> ids) {
    if (ranges.size() >= most) {
      return false;
    }
    RecordIdentifier first = ids.get(0);
    RecordIdentifier last = ids.get(ids.size() - 1);
    RecordIdentifier end = new RecordIdentifier(last.namespace(), last.author(), last.key().next());
    long others = view.summary(new Segment(new Bound.At(first), new Bound.At(end))).count() - ids.size();
    // An entry in between costs the peer less than the ends of another range.
    if (others >= 0 && others <= ids.size() / 2) {
      ranges.add(new Range(first, end));
      return true;
    }
    if (ids.size() == 1) {
      return false;
    }
    int half = ids.size() / 2;
    return cover(ids.subList(0, half)) && cover(ids.subList(half, ids.size()));
  }
}
