package org.docs4j.api;

/** The document, or the whole node, is closed; the call changed nothing. */
public class ReplicaClosedException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public ReplicaClosedException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public ReplicaClosedException(String message, Throwable cause) {
    super(message, cause);
  }
}
