package org.docs4j.api;

/** The store could not do what was asked; what was committed before stays. */
public class StoreException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public StoreException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
