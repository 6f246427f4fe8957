package org.docs4j.api;

/** The peer reset a stream that was being read, or stopped one that was being written. */
public class StreamResetException extends TransportException {
  private static final long serialVersionUID = 1L;

  private final long code;

  /** Reports the application code of the reset, from 0 to 2^62 - 1. */
  public StreamResetException(long code) {
    super("the peer ended the stream with code " + code);
    this.code = code;
  }

  /** The application code of RESET_STREAM or STOP_SENDING (RFC 9000, section 20.2). */
  public long code() {
    return code;
  }
}
