package org.docs4j.api;

/** The blob store could not do what was asked; complete blobs stay. */
public class BlobException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public BlobException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public BlobException(String message, Throwable cause) {
    super(message, cause);
  }
}
