package org.docs4j.api;

/** The network did not do what was asked. */
public class TransportException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public TransportException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
