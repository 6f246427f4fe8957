package org.docs4j.api;

/** The calling thread was interrupted while it waited; its interrupt flag is set again, what was asked for may still happen. */
public class DocsInterruptedException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public DocsInterruptedException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public DocsInterruptedException(String message, Throwable cause) {
    super(message, cause);
  }
}
