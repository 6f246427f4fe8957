package org.docs4j.engine.actor;

/**
 * An action under way. What takes long goes on in slices, between which the sync actor does other things.
 *
 * @param <R> what the action answers
 */
interface Work<R> {
  /**
   * Goes on until all is done or the slice is over.
   *
   * @return whether all is done; if not, it is called again at a later turn, when the group may be another one
   */
  boolean advance(Slice slice);

  /** Whether nothing else may touch the document before it is called again. */
  default boolean exclusive() {
    return true;
  }

  /** The answer, once all is done. */
  R result();

  /** Work that is done already. */
  static <R> Work<R> done(R result) {
    return new Done<>(result);
  }

  /**
   * What has become of a short action.
   *
   * @param result the answer
   */
  record Done<R>(R result) implements Work<R> {
    @Override
    public boolean advance(Slice slice) {
      return true;
    }
  }
}
