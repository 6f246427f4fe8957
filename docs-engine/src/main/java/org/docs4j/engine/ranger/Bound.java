package org.docs4j.engine.ranger;

import org.docs4j.api.model.RecordIdentifier;

/** An end of a segment within one namespace. */
public sealed interface Bound extends Comparable<Bound> {
  /** Before every identifier of the namespace. */
  static Bound start() {
    return new Start();
  }

  /** After every identifier of the namespace. */
  static Bound end() {
    return new End();
  }

  /** Before every identifier. */
  record Start() implements Bound {}

  /** After every identifier. */
  record End() implements Bound {}

  /**
   * Just before an identifier.
   *
   * @param id which, of the namespace
   */
  record At(RecordIdentifier id) implements Bound {}

  @Override
  default int compareTo(Bound other) {
    if (this instanceof At a && other instanceof At b) {
      return a.id.compareTo(b.id);
    }
    return Integer.compare(rank(this), rank(other));
  }

  private static int rank(Bound bound) {
    if (bound instanceof Start) {
      return 0;
    }
    return bound instanceof At ? 1 : 2;
  }
}
