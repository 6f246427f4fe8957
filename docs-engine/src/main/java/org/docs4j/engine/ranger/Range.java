package org.docs4j.engine.ranger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/**
 * A range of record identifiers on the circle of all of them (WIRE 4.4): everything when {@code x} equals {@code y},
 * from {@code x} up to but without {@code y} when {@code x} is smaller, and otherwise everything outside of that, around
 * the end.
 *
 * @param x where it begins
 * @param y where it ends, not part of it
 */
public record Range(RecordIdentifier x, RecordIdentifier y) {
  /** The smallest identifier there is: 64 zero bytes. */
  public static final RecordIdentifier ZERO =
      new RecordIdentifier(new NamespaceId(Bytes32.ZERO), new AuthorId(Bytes32.ZERO), Key.EMPTY);

  /** Everything, begun at the given identifier. */
  public static Range all(RecordIdentifier start) {
    return new Range(start, start);
  }

  /** Whether it is everything. */
  public boolean isAll() {
    return x.equals(y);
  }

  /** Whether an identifier is in the range. */
  public boolean contains(RecordIdentifier id) {
    int order = x.compareTo(y);
    if (order == 0) {
      return true;
    }
    boolean fromX = x.compareTo(id) <= 0;
    boolean beforeY = id.compareTo(y) < 0;
    return order < 0 ? fromX && beforeY : fromX || beforeY;
  }

  /**
   * The part of the range that lies in a namespace, as at most two segments in iteration order: of a range that wraps
   * around first the low part, then the high one (WIRE 4.6).
   *
   * <p>Nothing outside of the namespace is ever in a segment, whatever the ends of the range are: this is what keeps one
   * document from leaking into another one's session.
   */
  public List<Segment> segments(NamespaceId namespace) {
    int order = x.compareTo(y);
    if (order == 0) {
      return List.of(new Segment(Bound.start(), Bound.end()));
    }
    if (order < 0) {
      return Segment.of(bound(namespace, x), bound(namespace, y)).map(List::of).orElse(List.of());
    }
    return Stream.of(
            Segment.of(Bound.start(), bound(namespace, y)), Segment.of(bound(namespace, x), Bound.end()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The part of the segment before this range's beginning, if there is any. */
  Optional<Segment> before(NamespaceId namespace) {
    return Segment.of(Bound.start(), bound(namespace, x));
  }

  private static Bound bound(NamespaceId namespace, RecordIdentifier id) {
    int order = id.namespace().compareTo(namespace);
    if (order < 0) {
      return Bound.start();
    }
    return order > 0 ? Bound.end() : new Bound.At(id);
  }
}
