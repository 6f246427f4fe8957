package org.docs4j.api;

/** The author's secret is not in this store; nothing was written. */
public class AuthorNotFoundException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public AuthorNotFoundException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public AuthorNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
