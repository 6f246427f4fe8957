package org.docs4j.transport.quic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamPriority;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Resets streams so that their readers never take what was cut off for the whole. Confined to the event loop.
 *
 * <p>The library has two faults here: it sends the end of a stream that was reset, with the bytes that went out as all
 * of them, in a packet of its own; a reader that gets that packet first sees a regular end, or nothing any more.
 *
 * <ul>
 *   <li>It does so when the channel is closed before the peer has acknowledged the reset. Acknowledgements do not show
 *       from outside; so the channel is closed when a connection without any would be dead, see {@link Lingering}.
 *   <li>It does so for a stream of which it has bytes that have not gone out, or must go out again. So a reset waits
 *       until there is room in the congestion window, with these bytes ahead of all others; some half a second at most,
 *       since a peer that does not read leaves no room either. And one stream is reset after the other, since an end in the
 *       same packet as its reset does no harm.
 * </ul>
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it; and a timer.
final class ResetStreams {
  /** So many channels wait to be closed; more than the streams that peers of this transport have open. */
  static final int MAX_WAITING = 4096;

  private static final long POLL_MILLIS = 5;
  private static final long MAX_POLLS = 100;
  private static final QuicStreamPriority FIRST = new QuicStreamPriority(0, false);

  private record Reset(QuicStreamChannel channel, int code, long lastPoll) {}

  private record Waiting(QuicStreamChannel channel, Future<?> timer) {}

  private final QuicChannel connection;
  private final EventLoop loop;
  private final Lingering lingering;
  private final Runnable tooMany;
  private final ArrayDeque<Reset> resets = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long sent = -1;
  private long polls;
  private boolean polling;
  private boolean ended;

  /**
   * There are none.
   *
   * @param tooMany called when more channels would have to be kept than there may be, of this connection, or of all of which it
   *     has most: to end the connection, since closing one of them early could show its reader a regular end
   */
  ResetStreams(QuicChannel connection, Lingering lingering, Runnable tooMany) {
    this.connection = connection;
    this.lingering = lingering;
    this.tooMany = tooMany;
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
    polling = true; // what comes meanwhile is looked at as well
    long least = Room.least(connection);
    boolean free = Packets.sent(connection) != sent;
    List<Reset> left = new ArrayList<>();
    for (Reset next = resets.poll(); next != null; next = resets.poll()) {
      QuicStreamChannel channel = next.channel();
      if (!connection.isActive() || channel.isOutputShutdown()) {
        continue; // Its regular end came first.
      }
      if (polls >= next.lastPoll() || (free && channel.bytesBeforeUnwritable() > least)) {
        sent = Packets.sent(connection);
        channel.shutdownOutput(next.code());
        free = Packets.sent(connection) != sent;
      } else {
        left.add(next);
      }
    }
    resets.addAll(left);
    polling = !resets.isEmpty();
    if (polling) {
      polls++;
      loop.schedule(this::go, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Closes the channel of a stream that is over and was reset, later. */
  void closeLater(QuicStreamChannel channel) {
    if (ended) {
      return;
    }
    long nanos = lingering.time().toNanos();
    waiting.add(new Waiting(channel, loop.schedule(this::closeOldest, nanos, TimeUnit.NANOSECONDS)));
    lingering.add(this);
    if (waiting.size() > MAX_WAITING) {
      tooMany();
    }
  }

  /** More is kept than may be: the connection has to end. */
  void tooMany() {
    tooMany.run();
  }

  private void closeOldest() {
    Waiting oldest = waiting.remove();
    lingering.remove(this, 1);
    oldest.channel().close();
  }

  /** The connection is about to end, and its channels with it; what is to be reset until then still is. */
  void end() {
    ended = true;
    waiting.forEach(each -> each.timer().cancel(false));
    lingering.remove(this, waiting.size());
    waiting.clear();
  }
}
