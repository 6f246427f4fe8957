package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is known of the congestion window of a connection: the library sends nothing at all while it is full. */
final class Room {
  private static final long ACK_DELAY_MILLIS = 50;
  private static final long MAX_WAIT_MILLIS = 1000;
  private static final int PACKETS = 4;
  private static final int WINDOW_PART = 16;

  private Room() {}

  /**
   * Whether a packet could go out at once when the stream was last written to, or its peer last heard of. What the
   * library says it takes does not count the headers of packets; hence the margin.
   */
  static boolean in(QuicStreamChannel stream) {
    return stream.bytesBeforeUnwritable() > least(stream.parent());
  }

  /** More than so many bytes have to fit into a stream for that; costs a call of the library, for all streams of a connection. */
  static long least(QuicChannel connection) {
    return path(connection).map(path -> path.cwnd() / WINDOW_PART + PACKETS * path.pmtu()).orElse(Long.MAX_VALUE);
  }

  /** After how long everything that was sent is acknowledged, unless it was lost. */
  static long millisToAcknowledge(QuicChannel connection) {
    return path(connection)
        .map(path -> Math.min(2 * TimeUnit.NANOSECONDS.toMillis(path.rtt()) + ACK_DELAY_MILLIS, MAX_WAIT_MILLIS))
        .orElse(0L);
  }

  private static Optional<QuicConnectionPathStats> path(QuicChannel connection) {
    return connection.isActive() ? Optional.ofNullable(connection.collectPathStats(0).getNow()) : Optional.empty();
  }
}
