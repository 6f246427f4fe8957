package org.docs4j.engine.ranger;

import java.util.Optional;
import org.docs4j.api.model.RecordIdentifier;

/**
 * A run of identifiers of one namespace that does not wrap around; never known to be empty.
 *
 * @param from where it begins
 * @param to where it ends, not part of it; greater than {@code from}
 */
public record Segment(Bound from, Bound to) {
  /** The segment between two bounds, unless there is nothing between them. */
  public static Optional<Segment> of(Bound from, Bound to) {
    return from.compareTo(to) < 0 ? Optional.of(new Segment(from, to)) : Optional.empty();
  }

  /** Whether an identifier of the namespace is in the run. */
  boolean contains(RecordIdentifier id) {
    Bound at = new Bound.At(id);
    return from.compareTo(at) <= 0 && at.compareTo(to) < 0;
  }

  /** The same run on the circle of all identifiers, for the wire. */
  Range toRange() {
    RecordIdentifier x = from instanceof Bound.At at ? at.id() : Range.ZERO;
    RecordIdentifier y = to instanceof Bound.At at ? at.id() : Range.ZERO;
    return new Range(x, y);
  }

  /** What remains of the segment after an identifier, if anything can. */
  public Optional<Segment> after(RecordIdentifier id) {
    return of(new Bound.At(next(id)), to);
  }

  /** The identifier just after another one. */
  static RecordIdentifier next(RecordIdentifier id) {
    return new RecordIdentifier(id.namespace(), id.author(), id.key().next());
  }
}
