package org.docs4j.api;

/** Bytes from outside do not decode: a message, a ticket or a stored row. No part of them was used. */
public class MalformedMessageException extends DocsException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public MalformedMessageException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
