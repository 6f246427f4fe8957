package org.docs4j.transport.quic;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.Connection;

/**
 * Dials several addresses of one peer, each a little later than the one before; the first handshake that succeeds wins,
 * the others are broken off. Confined to the event loop, but for the result.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: timers, which do nothing once the race is over.
final class DialRace {
  private static final long STAGGER_MILLIS = 50;
  private static final int REASONS = 4;

  private final Dialer dialer;
  private final Dialer.Target target;
  private final ArrayDeque<InetSocketAddress> left;
  private final Duration timeout;
  private final Map<InetSocketAddress, Link> running = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final CompletableFuture<Connection> result = new CompletableFuture<>();

  DialRace(Dialer dialer, Dialer.Target target, List<InetSocketAddress> addresses, Duration timeout) {
    this.dialer = dialer;
    this.target = target;
    this.left = new ArrayDeque<>(addresses);
    this.timeout = timeout;
  }

  CompletableFuture<Connection> result() {
    return result;
  }

  void endpointClosed() {
    result.completeExceptionally(new TransportException("the endpoint is closed"));
  }

  void start(EventLoop loop) {
    loop.schedule(this::timeUp, timeout.toNanos(), TimeUnit.NANOSECONDS);
    next(loop);
  }

  private void next(EventLoop loop) {
    InetSocketAddress address = left.poll();
    if (address == null || result.isDone()) {
      return;
    }
    Attempt attempt = new Attempt(loop, address);
    Link link = dialer.attempt(target, address, attempt);
    if (!attempt.over) {
      running.put(address, link);
    }
    loop.schedule(() -> next(loop), STAGGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void timeUp() {
    String silent = ": no answer within " + timeout.toMillis() + " ms";
    running.keySet().forEach(address -> failures.add(text(address) + silent));
    left.clear();
    lose();
  }

  /** Nothing can come any more: fails, unless it has been won. */
  private void lose() {
    List<String> some = failures.size() > REASONS ? failures.subList(0, REASONS) : failures;
    if (result.completeExceptionally(
        new TransportException(
            "cannot reach peer " + target.peer().shortText() + " for " + target.protocol() + ": "
                + String.join("; ", some)))) {
      breakOff();
    }
  }

  private void breakOff() {
    List<Link> losers = new ArrayList<>(running.values());
    running.clear();
    losers.forEach(Link::breakOff);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private final class Attempt implements Link.Owner {
    private final EventLoop loop;
    private final InetSocketAddress address;
    private boolean over;

    private Attempt(EventLoop loop, InetSocketAddress address) {
      this.loop = loop;
      this.address = address;
    }

    @Override
    public void established(QuicConnection connection) {
      over = true;
      running.remove(address);
      if (result.isDone()) {
        connection.close(0, "");
        return;
      }
      breakOff();
      dialer.established(connection);
      result.complete(connection);
    }

    @Override
    public void failed(TransportException why) {
      over = true;
      running.remove(address);
      failures.add(text(address) + ": " + why.getMessage());
      if (!left.isEmpty()) {
        next(loop);
      } else if (running.isEmpty()) {
        lose();
      }
    }
  }
}
