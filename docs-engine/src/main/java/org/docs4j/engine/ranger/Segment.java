package org.docs4j.engine.ranger;

import java.util.Optional;

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
}
