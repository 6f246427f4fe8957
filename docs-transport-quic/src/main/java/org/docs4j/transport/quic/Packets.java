package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionStats;

/** How many packets a connection has sent and received, as the library counts them. On the event loop. */
final class Packets {
  private Packets() {}

  static long sent(QuicChannel channel) {
    QuicConnectionStats stats = channel.collectStats().getNow();
    return stats == null ? 0 : stats.sent();
  }

  /** Zero once the connection has ended. */
  static long received(QuicChannel channel) {
    QuicConnectionStats stats = channel.isActive() ? channel.collectStats().getNow() : null;
    return stats == null ? 0 : stats.recv();
  }
}
