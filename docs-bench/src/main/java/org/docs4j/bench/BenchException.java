package org.docs4j.bench;

import org.docs4j.api.DocsException;

/** A benchmark could not be carried out. */
public final class BenchException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says what went wrong. */
  public BenchException(String message) {
    super(message);
  }

  /** Says what went wrong, and because of what. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
