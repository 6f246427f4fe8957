package org.docs4j.cli.node;

import org.docs4j.api.DocsException;

/** What the user asked for cannot be done as it was asked; nothing was changed. Ends the command with exit code 2. */
public final class BadInputException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what is wrong, and what would be right where that is known. */
  public BadInputException(String message) {
    super(message);
  }

  /** Says what is wrong and what brought it about. */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
