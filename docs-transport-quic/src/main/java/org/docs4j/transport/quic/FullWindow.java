package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the congestion window of a connection to empty that has nothing more to send: until the peer has
 * acknowledged something, and nothing has come from it for as long as a packet and its answer take. On a long way, or where
 * the peer is busy, acknowledgements come in clumps. Confined to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: a timer; its task is what comes next.
final class FullWindow {
  private static final long POLL_MILLIS = 10;
  private static final int QUIET_POLLS = 2;
  private static final long MAX_MILLIS = 5000;

  private final QuicChannel channel;
  private final Runnable then;
  private final long begin;
  private long received;
  private int quiet;
  private long millisLeft;

  private FullWindow(QuicChannel channel, long patienceMillis, Runnable then) {
    this.channel = channel;
    this.then = then;
    this.millisLeft = patienceMillis;
    this.begin = Packets.received(channel);
    this.received = begin;
  }

  /**
   * Runs the task when the window is empty or the connection has ended; after 5 s if it is full for certain, else when
   * all that was sent must have been acknowledged.
   */
  static void whenEmpty(QuicChannel channel, boolean certainlyFull, Runnable then) {
    new FullWindow(channel, certainlyFull ? MAX_MILLIS : Room.millisToAcknowledge(channel), then).poll();
  }

  private void poll() {
    long now = Packets.received(channel);
    quiet = now == received ? quiet + 1 : 0;
    received = now;
    millisLeft -= POLL_MILLIS;
    long quietPolls = Math.max(QUIET_POLLS, Packets.roundTripMillis(channel) / POLL_MILLIS + 1);
    if (!channel.isActive() || (received > begin && quiet >= quietPolls) || millisLeft < 0) {
      then.run();
    } else {
      channel.eventLoop().schedule(this::poll, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
