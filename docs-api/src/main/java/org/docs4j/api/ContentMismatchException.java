package org.docs4j.api;

/** Bytes do not have the hash that they were asked for; they were thrown away. */
public class ContentMismatchException extends BlobException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public ContentMismatchException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public ContentMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
