package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import java.nio.charset.StandardCharsets;

/** Application codes and reasons, as the QUIC library takes them. */
final class Codes {
  /** With what a stream is refused for which there is no place: the largest code there is, which no protocol here uses. */
  static final long NO_PLACE = Integer.MAX_VALUE;

  /** Transport error CONNECTION_REFUSED (RFC 9000, section 20.1). */
  static final int CONNECTION_REFUSED = 0x02;

  /** TLS alert no_application_protocol as a transport error (RFC 9001, section 4.8; RFC 7301). */
  static final int NO_APPLICATION_PROTOCOL = 0x178;

  // A TLS alert as a transport error (RFC 9001, section 4.8).
  private static final int FIRST_ALERT = 0x100;
  private static final int LAST_ALERT = 0x1ff;
  private static final int MAX_REASON_CHARS = 200;

  private Codes() {}

  /** Whether a transport error is an alert of TLS. */
  static boolean isAlert(int error) {
    return error >= FIRST_ALERT && error <= LAST_ALERT;
  }

  /**
   * The code as the library takes it.
   *
   * @throws IllegalArgumentException if it is negative or above 2^31 - 1, which is as far as the library goes
   */
  static int checked(long code) {
    if (code < 0 || code > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("this transport carries codes from 0 to 2147483647, not " + code);
    }
    return (int) code;
  }

  /** The reason that the peer gave; where it gave none the library has no bytes, and says so by an exception. */
  static String reason(QuicConnectionCloseEvent close) {
    try {
      return new String(close.reason(), StandardCharsets.UTF_8);
    } catch (NullPointerException none) {
      return "";
    }
  }

  /** The reason, cut so that it fits into the packet that carries it. */
  static ByteBuf reason(String reason) {
    String cut = reason.length() > MAX_REASON_CHARS ? reason.substring(0, MAX_REASON_CHARS) : reason;
    return Unpooled.copiedBuffer(cut, StandardCharsets.UTF_8);
  }
}
