package org.docs4j.api;

/** The wanted address and port are taken by another program. */
public class AddressInUseException extends TransportException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what happened. */
  public AddressInUseException(String message) {
    super(message);
  }

  /** Says what happened and what brought it about. */
  public AddressInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
