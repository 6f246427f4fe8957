package org.docs4j.api;

/** The time that a caller allowed ran out; what was asked for may still happen. */
public class DocsTimeoutException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public DocsTimeoutException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public DocsTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
