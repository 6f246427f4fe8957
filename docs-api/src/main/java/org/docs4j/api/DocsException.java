package org.docs4j.api;

/** The root of everything that this framework throws on purpose; the message is one sentence for a person. */
public class DocsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public DocsException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public DocsException(String message, Throwable cause) {
    super(message, cause);
  }
}
