package org.docs4j.bench.transport;

import java.net.InetSocketAddress;

/** One end of what is measured: dials an acceptor, or is one. */
interface Wire extends AutoCloseable {
  /** Where it listens. */
  InetSocketAddress address();

  /** What a dialler must know besides the address. */
  String identity();

  /** Dials an acceptor of the same kind, and waits for the connection. */
  Link dial(String identity, InetSocketAddress address) throws Exception;

  @Override
  void close();

  /** A connection that was dialled. */
  interface Link {
    /** Asks on a stream of its own, and waits for the whole answer. */
    byte[] ask(byte[] question) throws Exception;

    /** Sends so many bytes on each of some streams at once, and waits until the acceptor has counted them. */
    void send(int streams, long bytesEach) throws Exception;

    /** Ends the connection. */
    void close();
  }

  /** Makes one by its name: {@code seam} or {@code netty}. */
  static Wire of(String kind) throws Exception {
    return switch (kind) {
      case "seam" -> new SeamWire();
      case "netty" -> new NettyWire();
      default -> throw new IllegalArgumentException("there is seam and netty, not " + kind);
    };
  }
}
