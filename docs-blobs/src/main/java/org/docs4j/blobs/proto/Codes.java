package org.docs4j.blobs.proto;

import org.docs4j.api.spi.transport.Alpn;

/** The name of the blob protocol and its application codes (WIRE 6.3). */
public final class Codes {
  /** The protocol. */
  public static final Alpn ALPN = new Alpn("/iroh-bytes/4");

  /** Nothing went wrong: a stream that is not needed any more, a connection that is idle. */
  public static final long DROPPED = 0;

  /** The peer may not do this. */
  public static final long PERMISSION = 1;

  /** The peer asks for too much at once. */
  public static final long LIMIT = 2;

  /** The blob is not here, or not all of it. */
  public static final long INTERNAL = 3;

  private Codes() {}
}
