package org.docs4j.api;

/** The document is not in this store; nothing was changed. */
public class ReplicaNotFoundException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public ReplicaNotFoundException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public ReplicaNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
