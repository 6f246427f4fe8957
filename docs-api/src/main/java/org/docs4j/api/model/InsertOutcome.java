package org.docs4j.api.model;

/** What became of an entry that was offered to a replica. */
public sealed interface InsertOutcome {
  /**
   * It was stored.
   *
   * @param removed how many older entries of the same author its key replaced by the prefix rule, tombstones included,
   *     the one at its own key not counted
   */
  record Inserted(long removed) implements InsertOutcome {}

  /**
   * It was not stored: the same or a newer entry of its author stands at its key or at a prefix of it (WIRE 3.3).
   *
   * @param parent the entry that protects the place
   */
  record Obsolete(SignedEntry parent) implements InsertOutcome {}

  /**
   * It was refused.
   *
   * @param failure why
   */
  record Invalid(ValidationFailure failure) implements InsertOutcome {}
}
