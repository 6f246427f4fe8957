package org.docs4j.bench;

import org.docs4j.api.DocsException;

/** A benchmark could not be carried out. */
final class BenchException extends DocsException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
