package org.docs4j.transport.quic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamPriority;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Resets streams so that their readers never take what was cut off for the whole. Confined to the event loop.
 *
 * <p>The library has two faults here: it sends the end of a stream that was reset, with the bytes that went out as all
 * of them, in a packet of its own; a reader that gets that packet first sees a regular end, or nothing any more.
 *
 * <ul>
 *   <li>It does so when the channel is closed before the peer has acknowledged the reset. Acknowledgements do not show
 *       from outside; so the channel is closed when a connection without any would be dead.
 *   <li>It does so for a stream of which it has bytes that have not gone out, or must go out again. So a reset waits
 *       until there is room in the congestion window, with these bytes ahead of all others; half a second at most, since
 *       a peer that does not read leaves no room either. And one stream is reset after the other, since an end in the
 *       same packet as its reset does no harm.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it; and a timer.
final class ResetStreams {
  /** A peer that has not acknowledged anything for so long is gone. */
  static final long LINGER_SECONDS = 10;

  /** So many channels wait to be closed; more than the streams that peers of this transport have open. */
  static final int MAX_WAITING = 4096;

  /** So many bytes of them wait for nothing: the library drops what it could not take only when a channel is closed. */
  static final long MAX_BYTES = 16 << 20;

  private static final long POLL_MILLIS = 5;
  private static final long MAX_POLLS = 100;
  private static final QuicStreamPriority FIRST = new QuicStreamPriority(0, false);

  private record Reset(QuicStreamChannel channel, int code, long lastPoll) {}

  private record Waiting(QuicStreamChannel channel, long bytes, Future<?> timer) {}

  private final QuicChannel connection;
  private final EventLoop loop;
  private final ArrayDeque<Reset> resets = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private long sent = -1;
  private long polls;
  private boolean polling;
  private boolean ended;

  ResetStreams(QuicChannel connection) {
    this.connection = connection;
    this.loop = connection.eventLoop();
  }

  /**
   * Resets a stream, at once if nothing was {@code written} to it, else as soon as that does no harm. If it has ended in
   * order by then, with all that was written, it is left at that.
   */
  void reset(QuicStreamChannel channel, int code, boolean written) {
    if (!written) {
      channel.shutdownOutput(code);
      return;
    }
    channel.updatePriority(FIRST);
    resets.add(new Reset(channel, code, polls + MAX_POLLS));
    if (!polling) {
      go();
    }
  }

  private void go() {
    polling = false;
    resets.removeIf(reset -> !connection.isActive() || attempt(reset));
    if (!resets.isEmpty()) {
      polling = true;
      polls++;
      loop.schedule(this::go, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean attempt(Reset reset) {
    QuicStreamChannel channel = reset.channel();
    if (channel.isOutputShutdown()) {
      return true; // Its regular end came first.
    }
    if (Packets.sent(connection) == sent || !(Room.in(channel) || polls >= reset.lastPoll())) {
      return false;
    }
    sent = Packets.sent(connection);
    channel.shutdownOutput(reset.code());
    return true;
  }

  /** Closes the channel of a stream that is over and was reset, later; so many bytes of it wait to be sent, in vain. */
  void closeLater(QuicStreamChannel channel, long unsent) {
    if (ended) {
      return;
    }
    waiting.add(new Waiting(channel, unsent, loop.schedule(this::closeOldest, LINGER_SECONDS, TimeUnit.SECONDS)));
    bytes += unsent;
    while (waiting.size() > MAX_WAITING || bytes > MAX_BYTES) {
      waiting.element().timer().cancel(false);
      closeOldest();
    }
  }

  private void closeOldest() {
    Waiting oldest = waiting.remove();
    bytes -= oldest.bytes();
    oldest.channel().close();
  }

  /** The connection is about to end, and its channels with it; what is to be reset until then still is. */
  void end() {
    ended = true;
    waiting.forEach(each -> each.timer().cancel(false));
    waiting.clear();
  }
}
