package org.docs4j.api;

/** The document is held with the right to read only; nothing was written. */
public class ReadOnlyReplicaException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public ReadOnlyReplicaException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public ReadOnlyReplicaException(String message, Throwable cause) {
    super(message, cause);
  }
}
