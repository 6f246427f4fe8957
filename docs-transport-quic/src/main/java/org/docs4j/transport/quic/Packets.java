package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import java.util.concurrent.TimeUnit;

/** How many packets a connection has sent and received, as the library counts them. On the event loop. */
final class Packets {
  private Packets() {}

  static long sent(QuicChannel channel) {
    QuicConnectionStats stats = channel.collectStats().getNow();
    return stats == null ? 0 : stats.sent();
  }

  /** How long a packet and its answer take, as the library estimates it, in milliseconds; zero if nobody knows. */
  static long roundTripMillis(QuicChannel channel) {
    QuicConnectionPathStats stats = channel.isActive() ? channel.collectPathStats(0).getNow() : null;
    return stats == null ? 0 : TimeUnit.NANOSECONDS.toMillis(stats.rtt());
  }

  /** Zero once the connection has ended. */
  static long received(QuicChannel channel) {
    QuicConnectionStats stats = channel.isActive() ? channel.collectStats().getNow() : null;
    return stats == null ? 0 : stats.recv();
  }
}
