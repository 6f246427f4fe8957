package org.docs4j.transport.quic;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes an endpoint: lets what was finished arrive, then ends all connections, then frees the socket. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: a timer; its task is what comes next.
final class Shutdown {
  private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final long POLL_MILLIS = 25;
  private static final long QUIET_MILLIS = 2 * POLL_MILLIS;
  // A full window is silent for a round trip, and what was lost at the end is sent again after one and a half or more.
  private static final int QUIET_ROUND_TRIPS = 3;
  private static final int MAX_POLLS = 120;
  // So long the closing packets are repeated: a few times where the peer may be drowning in what came before.
  private static final long LINGER_MILLIS = Farewell.FIRST_MILLIS + 10;
  private static final long BLOCKED_LINGER_MILLIS = Farewell.LAST_MILLIS + 30;
  private static final long MAX_SECONDS = 5;

  private final UdpSocket socket;
  private final Links links;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  // Confined to the event loop.
  private int polls;
  private int quiet;
  private long sent = -1;

  Shutdown(UdpSocket socket, Links links) {
    this.socket = socket;
    this.links = links;
  }

  boolean begun() {
    return begun.get();
  }

  /** Does it once, and waits for it unless called from the event loop. */
  void run() {
    EventLoop loop = socket.channel().eventLoop();
    if (begun.compareAndSet(false, true)) {
      UdpSocket.run(socket.channel(), () -> begin(loop), () -> done.complete(null));
    }
    if (!loop.inEventLoop()) {
      boolean free = done.thenApply(ended -> true).completeOnTimeout(false, MAX_SECONDS, TimeUnit.SECONDS).join();
      if (!socket.awaitEnd()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "an endpoint is not closed after {0} s{1}: something keeps its event loop",
            MAX_SECONDS * 2, free ? "" : ", and has its port still");
      }
    }
  }

  private void begin(EventLoop loop) {
    links.close();
    if (links.mayBeSending()) {
      poll(loop);
    } else {
      closeAll(loop);
    }
  }

  /**
   * The library does not tell when the peer has everything. When nothing more was sent for some round trips, it has, or
   * does not read, or cannot be reached.
   */
  private void poll(EventLoop loop) {
    long now = links.packetsSent();
    quiet = now == sent ? quiet + 1 : 0;
    sent = now;
    long enough = Math.max(QUIET_MILLIS, QUIET_ROUND_TRIPS * links.roundTripMillis() + POLL_MILLIS);
    if (quiet * POLL_MILLIS >= enough || ++polls == MAX_POLLS) {
      closeAll(loop);
    } else {
      loop.schedule(() -> poll(loop), POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void closeAll(EventLoop loop) {
    long linger = links.isBlocked() ? BLOCKED_LINGER_MILLIS : LINGER_MILLIS;
    List<ChannelFuture> closing = links.closeAll();
    PromiseCombiner all = new PromiseCombiner(loop);
    closing.forEach(all::add);
    all.finish(
        loop.<Void>newPromise()
                        .addListener(
                closed -> loop.schedule(this::release, closing.isEmpty() ? 0 : linger, TimeUnit.MILLISECONDS)));
  }

  private void release() {
    socket.release(() -> done.complete(null));
  }
}
