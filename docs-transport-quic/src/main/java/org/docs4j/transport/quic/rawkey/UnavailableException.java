package org.docs4j.transport.quic.rawkey;

/** Raw public keys cannot be had in this process; the message is one sentence that says why. */
public final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnavailableException(String why) {
    super(why);
  }

  UnavailableException(String why, Throwable cause) {
    super(why, cause);
  }
}
