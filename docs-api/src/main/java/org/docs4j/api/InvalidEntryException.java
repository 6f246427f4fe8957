package org.docs4j.api;

import org.docs4j.api.model.ValidationFailure;

/** An entry was refused before it was stored. */
public class InvalidEntryException extends DocsException {
  private static final long serialVersionUID = 1L;

  private final ValidationFailure failure;

  /** Refuses for the given reason. */
  public InvalidEntryException(ValidationFailure failure) {
    super(failure.sentence());
    this.failure = failure;
  }

  /** Why it was refused. */
  public ValidationFailure failure() {
    return failure;
  }
}
