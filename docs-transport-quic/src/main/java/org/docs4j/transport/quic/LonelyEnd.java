package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the end of a stream whose bytes are all with the library already.
 *
 * <p>The library has a fault here: it forgets a stream when all its bytes are acknowledged and its end is known, also
 * if that end has not been sent because the congestion window was full; the peer then waits for it for ever. It looks
 * when bytes are acknowledged or the other direction is read to its end, and forgets nothing while that is open. So
 * where there is none, this waits until there is room in the window, and the end goes out at once; or so long that all
 * bytes are acknowledged, and nothing is left that could make the library look. Where there is one, the end is handed
 * over at once: it is lost only if the peer's own end is read while the window is full with the bytes of other streams.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: a timer; its task is what comes next.
final class LonelyEnd {
  private static final long POLL_MILLIS = 5;

  private LonelyEnd() {}

  /** Sends the end, soon; on the event loop. Says with which failure, if any, when the library has taken it. */
  static void send(QuicStreamChannel channel, boolean alone, Consumer<@Nullable Throwable> done) {
    attempt(channel, alone ? Room.millisToAcknowledge(channel.parent()) : 0, done);
  }

  private static void attempt(QuicStreamChannel channel, long millisLeft, Consumer<@Nullable Throwable> done) {
    if (channel.isOutputShutdown()) {
      return; // It was reset meanwhile, and whoever waits has been told.
    }
    if (millisLeft <= 0 || !channel.isActive() || Room.in(channel)) {
      channel.writeAndFlush(QuicStreamFrame.EMPTY_FIN).addListener(sent -> done.accept(sent.cause()));
    } else {
      channel
          .eventLoop()
          .schedule(() -> attempt(channel, millisLeft - POLL_MILLIS, done), POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
