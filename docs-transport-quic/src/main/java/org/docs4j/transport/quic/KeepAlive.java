package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an idle connection alive: a datagram (RFC 9221) of one byte from time to time, which the peer must acknowledge.
 * For peers that take datagrams, such as those of this transport; others send PINGs by themselves (INTEROP 5). Confined
 * to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class KeepAlive {
  private final Duration period;
  private @Nullable QuicChannel channel;
  private @Nullable Future<?> task;

  KeepAlive(Duration period) {
    this.period = period;
  }

  /** The peer takes datagrams. */
  void start(QuicChannel connection) {
    channel = connection;
    if (task == null && !period.isZero()) {
      long nanos = period.toNanos();
      task = connection.eventLoop().scheduleAtFixedRate(this::ask, nanos, nanos, TimeUnit.NANOSECONDS);
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
