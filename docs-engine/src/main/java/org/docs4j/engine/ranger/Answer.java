package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;

/** A reply in the making: its parts, and what is left of the budget. Whatever exceeds it goes as a fingerprint. */
final class Answer {
  private final NamespaceId namespace;
  private final ReconcilerConfig config;
  private final RangeView view;
  private final List<Part> parts = new ArrayList<>();
  private final List<Range> later = new ArrayList<>();
  private long budget;

  Answer(NamespaceId namespace, ReconcilerConfig config, RangeView view) {
    this.namespace = namespace;
    this.config = config;
    this.view = view;
    this.budget = config.messageBudget();
  }

  RangeSummary summary(Range range) {
    RangeSummary sum = RangeSummary.NONE;
    for (Segment segment : range.segments(namespace)) {
      sum = sum.plus(view.summary(segment));
    }
    return sum;
  }

  /** Selects our entries of a range and takes them from the budget. */
  Selection take(Range range, Predicate<SignedEntry> wanted) {
    Selection selection = Selection.of(range, namespace, view, wanted, budget);
    budget -= selection.bytes();
    return selection;
  }

  /** Adds fingerprints of the ranges once everything received is stored. */
  void fingerprintLater(List<Range> ranges) {
    later.addAll(ranges);
  }

  void addFingerprints() {
    later.forEach(range -> fingerprint(range, summary(range)));
    later.clear();
  }

  void items(Range range, List<SignedEntry> entries, boolean haveLocal) {
    List<Part.Value> values = new ArrayList<>(entries.size());
    entries.forEach(entry -> values.add(new Part.Value(entry, ContentStatus.MISSING)));
    parts.add(new Part.RangeItem(range, values, haveLocal));
  }

  /** Adds all our entries of a range, and asks for the peer's. What exceeds the budget goes as fingerprints. */
  void allItems(Range range) {
    Selection selection = take(range, entry -> true);
    // Only the answer to an empty peer can be too long, and that peer has nothing to be asked for.
    items(range, selection.entries(), !selection.rest().isEmpty());
    selection.rest().forEach(rest -> fingerprint(rest, summary(rest)));
  }

  /**
   * Splits a range that differs (WIRE 4.6): pivots at equal distances on the circle from the range's beginning.
   *
   * @param count how many entries we have in it, at least 2
   */
  void split(Range range, long count) {
    int width = (int) Math.min(config.splitWidth(), count);
    Circle circle = new Circle(range, count);
    List<RecordIdentifier> ends = new ArrayList<>();
    if (!range.isAll()) {
      ends.add(range.x());
    }
    for (int i = 0; i < width - 1; i++) {
      ends.add(circle.select(multiplyDivide(count, i + 1, width)));
    }
    if (range.isAll()) {
      ends.add(circle.select(0));
      ends.add(ends.get(0));
    } else {
      ends.add(range.y());
    }
    for (int i = 0; i + 1 < ends.size(); i++) {
      if (!ends.get(i).equals(ends.get(i + 1))) {
        subRange(new Range(ends.get(i), ends.get(i + 1)));
      }
    }
  }

  private static long multiplyDivide(long count, int numerator, int denominator) {
    return count / denominator * numerator + count % denominator * numerator / denominator;
  }

  private void subRange(Range range) {
    RangeSummary ours = summary(range);
    if (ours.count() <= config.itemLimit() && budget > 0) {
      Selection selection = Selection.of(range, namespace, view, entry -> true, budget);
      if (selection.rest().isEmpty()) {
        budget -= selection.bytes();
        items(range, selection.entries(), false);
        return;
      }
    }
    fingerprint(range, ours);
  }

  private void fingerprint(Range range, RangeSummary summary) {
    parts.add(new Part.RangeFingerprint(range, summary.fingerprint()));
  }

  RangeMessage toMessage() {
    return new RangeMessage(parts);
  }

  /** Our entries of a range by their place on the circle from the range's beginning. */
  private final class Circle {
    private final List<Segment> segments;
    private final long count;
    private final long start;

    Circle(Range range, long count) {
      this.segments = range.segments(namespace);
      this.count = count;
      this.start = smallerThanBeginning(range) % count;
    }

    private long smallerThanBeginning(Range range) {
      if (range.isAll()) {
        return range.before(namespace).map(before -> view.summary(before).count()).orElse(0L);
      }
      // What wraps around begins with its low part, all of which is smaller.
      return range.x().compareTo(range.y()) < 0 ? 0 : view.summary(segments.get(0)).count();
    }

    RecordIdentifier select(long place) {
      long index = (start + place) % count;
      for (Segment segment : segments) {
        long size = view.summary(segment).count();
        if (index < size) {
          return view.select(segment, index);
        }
        index -= size;
      }
      throw new IllegalStateException("the range holds fewer entries than were counted");
    }
  }
}
