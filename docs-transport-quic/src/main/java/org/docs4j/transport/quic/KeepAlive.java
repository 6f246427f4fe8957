package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an idle connection alive: a datagram (RFC 9221) of one byte from time to time, which the peer must acknowledge.
 * For peers that take datagrams, such as those of this transport; where others do not send PINGs by themselves
 * (INTEROP 5), a quiet connection ends. Confined to the event loop.
 *
 * <p>A peer of which nothing has come for long is gone, whether it takes datagrams or not. The library waits for three of its
 * time-outs for lost packets at least, and where one of the two machines was busy these are some seconds each.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class KeepAlive {
  private final Duration period;
  private final Duration patience;
  private final Runnable gone;
  /** Set if the peer takes datagrams. */
  private @Nullable QuicChannel channel;
  private @Nullable Future<?> task;

  /** Does so once in a period, and says so if nothing has come within the time of patience after that. */
  KeepAlive(Duration period, Duration patience, Runnable gone) {
    this.period = period;
    this.patience = patience;
    this.gone = gone;
  }

  /** The peer takes datagrams. */
  void takesDatagrams(QuicChannel connection) {
    channel = connection;
  }

  /** There is a connection from now on. */
  void start(QuicChannel connection) {
    if (task == null && !period.isZero()) {
      long nanos = period.toNanos();
      task = connection.eventLoop().scheduleAtFixedRate(() -> askAndExpect(connection), nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void askAndExpect(QuicChannel connection) {
    ask();
    long received = Packets.received(connection);
    connection.eventLoop().schedule(() -> check(connection, received), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check(QuicChannel connection, long before) {
    if (connection.isActive() && Packets.received(connection) == before) {
      gone.run();
    }
  }

  /** Makes the peer send a packet, if it takes datagrams. */
  void ask() {
    if (channel != null && channel.isActive()) {
      channel.writeAndFlush(channel.alloc().directBuffer(1).writeByte(0));
    }
  }

  void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
