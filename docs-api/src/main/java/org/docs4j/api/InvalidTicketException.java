package org.docs4j.api;

/** A text is no usable ticket: cut, altered, of another kind, or without an address that can be dialled. */
public class InvalidTicketException extends MalformedMessageException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public InvalidTicketException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public InvalidTicketException(String message, Throwable cause) {
    super(message, cause);
  }
}
