package org.docs4j.engine.ranger;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/** Our entries of a range by their place on the circle from the range's beginning, and where to split them (WIRE 4.6). */
final class Circle {
  private final Range range;
  private final RangeView view;
  private final List<Segment> segments;
  private final long count;
  private final long first;
  private final long start;

  /**
   * The entries of a range.
   *
   * @param count how many there are, from 1
   */
  Circle(Range range, long count, NamespaceId namespace, RangeView view) {
    this.range = range;
    this.view = view;
    this.segments = range.segments(namespace);
    this.count = count;
    this.first = segments.size() == 1 ? count : view.summary(segments.get(0)).count();
    this.start = smallerThanBeginning(namespace) % count;
  }

  private long smallerThanBeginning(NamespaceId namespace) {
    if (range.isAll()) {
      return range.before(namespace).map(before -> view.summary(before).count()).orElse(0L);
    }
    // What wraps around begins with its low part, all of which is smaller.
    return range.x().compareTo(range.y()) < 0 ? 0 : first;
  }

  /** Sub-ranges that cover the range, with pivots at equal distances; fewer where two pivots are one. */
  List<Range> split(int width) {
    List<RecordIdentifier> ends = new ArrayList<>();
    if (!range.isAll()) {
      ends.add(range.x());
    }
    for (int i = 0; i < width - 1; i++) {
      ends.add(select(multiplyDivide(count, i + 1, width)));
    }
    if (range.isAll()) {
      ends.add(select(0));
      ends.add(ends.get(0));
    } else {
      ends.add(range.y());
    }
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i + 1 < ends.size(); i++) {
      if (!ends.get(i).equals(ends.get(i + 1))) {
        ranges.add(new Range(ends.get(i), ends.get(i + 1)));
      }
    }
    return ranges;
  }

  private static long multiplyDivide(long count, int numerator, int denominator) {
    return count / denominator * numerator + count % denominator * numerator / denominator;
  }

  private RecordIdentifier select(long place) {
    long index = (start + place) % count;
    return index < first ? view.select(segments.get(0), index) : view.select(segments.get(1), index - first);
  }
}
