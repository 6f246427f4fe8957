package org.docs4j.cli.node;

import org.docs4j.api.DocsException;

/** A command could not do its work. Ends the command with exit code 1. */
public final class CommandFailedException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public CommandFailedException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public CommandFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
