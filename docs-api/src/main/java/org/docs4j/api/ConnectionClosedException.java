package org.docs4j.api;

/** The connection ended, with the application code that the closing side gave, or -1 where there was none. */
public class ConnectionClosedException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final long code;

  /** Reports the close code, from 0 to 2^62 - 1, or -1 for an end without one (time-out, loss of the peer). */
  public ConnectionClosedException(long code, String message) {
    super(message);
    this.code = code;
  }

  /** The application close code, or -1. */
  public long code() {
    return code;
  }
}
