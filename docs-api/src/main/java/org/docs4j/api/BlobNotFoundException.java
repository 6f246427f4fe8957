package org.docs4j.api;

/** The blob is not complete here, or the asked peer does not have it. */
public class BlobNotFoundException extends BlobException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public BlobNotFoundException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public BlobNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
