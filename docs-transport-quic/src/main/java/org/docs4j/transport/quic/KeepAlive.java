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
  private @Nullable Future<?> task;

  KeepAlive(Duration period) {
    this.period = period;
  }

  void start(QuicChannel channel) {
    if (task == null && !period.isZero()) {
      long nanos = period.toNanos();
      task =
          channel
              .eventLoop()
              .scheduleAtFixedRate(
                  () -> channel.writeAndFlush(channel.alloc().directBuffer(1).writeByte(0)),
                  nanos,
                  nanos,
                  TimeUnit.NANOSECONDS);
    }
  }

  void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }
}
