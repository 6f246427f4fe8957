package org.docs4j.transport.quic;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Dials several addresses of one peer, each a little later than the one before; the first handshake that succeeds wins,
 * the others are broken off. What is learnt of the peer meanwhile is dialled, too: an old address that nobody answers
 * must not keep a fresh one waiting. Confined to the event loop, but for the result.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: timers, which do nothing once the race is over.
final class DialRace {
  private static final long STAGGER_MILLIS = 50;
  private static final int REASONS = 4;

  /** So many addresses of one peer are dialled at most. */
  static final int MAX_ADDRESSES = 2 * AddressBook.MAX_ADDRESSES;

  private final Dialer dialer;
  private final Dialer.Target target;
  private final List<IdentityKind> kinds;
  private final Set<InetSocketAddress> addresses = new HashSet<>();
  private final ArrayDeque<Dialer.Attempt> left = new ArrayDeque<>();
  private final Duration timeout;
  private final Map<Dialer.Attempt, Link> running = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>(); // refused identities first
  private final CompletableFuture<Connection> result = new CompletableFuture<>();
  private @Nullable Future<?> nextTurn;
  private boolean won;
  private final List<PeerIdentityException.Reason> refused = new ArrayList<>();

  DialRace(
      Dialer dialer,
      Dialer.Target target,
      List<InetSocketAddress> addresses,
      List<IdentityKind> kinds,
      Duration timeout) {
    this.dialer = dialer;
    this.target = target;
    this.kinds = kinds;
    this.addresses.addAll(addresses);
    addresses.forEach(address -> left.add(new Dialer.Attempt(target, address, kinds.get(0))));
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

  /** Takes addresses that became known while it was running: they come next. */
  void learned(EventLoop loop, List<InetSocketAddress> more) {
    for (InetSocketAddress address : more) {
      if (addresses.size() < MAX_ADDRESSES && addresses.add(address)) {
        left.addFirst(new Dialer.Attempt(target, address, kinds.get(0)));
      }
    }
    if (nextTurn != null && nextTurn.isDone()) {
      next(loop);
    }
  }

  /** Begins the next attempt, at the turn of the one after it or because one has failed. */
  private void next(EventLoop loop) {
    if (nextTurn != null) {
      nextTurn.cancel(false);
    }
    Dialer.Attempt attempt = left.poll();
    if (attempt == null || won || result.isDone()) {
      return;
    }
    Runner runner = new Runner(loop, attempt);
    Link link = dialer.attempt(attempt, runner);
    if (!runner.over) {
      running.put(attempt, link);
    }
    nextTurn = loop.schedule(() -> next(loop), STAGGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void timeUp() {
    String silent = ": no answer within " + timeout.toMillis() + " ms";
    running.keySet().forEach(attempt -> failures.add(text(attempt) + silent));
    left.clear();
    lose();
  }

  /**
   * Nothing can come any more: fails, unless it has been won. Somebody else at one address may only mean that the peer
   * has left it, so a peer that may be at another one, unreachable, is not said to be an impostor.
   */
  private void lose() {
    int more = failures.size() - REASONS;
    String some = String.join("; ", more > 0 ? failures.subList(0, REASONS) : failures);
    String what =
        "cannot reach peer " + target.peer().shortText() + " for " + target.what() + ": " + some
            + (more > 0 ? "; and " + more + " more" : "");
    boolean everywhere = !refused.isEmpty() && refused.size() == failures.size();
    if (result.completeExceptionally(
        everywhere ? new PeerIdentityException(refused.get(0), what) : new TransportException(what))) {
      breakOff();
    }
  }

  private void breakOff() {
    List<Link> losers = new ArrayList<>(running.values());
    running.clear();
    losers.forEach(Link::breakOff);
  }

  private String text(Dialer.Attempt attempt) {
    InetSocketAddress address = attempt.address();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private final class Runner implements Link.Owner {
    private final EventLoop loop;
    private final Dialer.Attempt attempt;
    private boolean over;

    private Runner(EventLoop loop, Dialer.Attempt attempt) {
      this.loop = loop;
      this.attempt = attempt;
    }

    @Override
    public void established(QuicConnection connection, Handshake handshake) {
      over = true;
      running.remove(attempt);
      if (result.isDone()) {
        connection.close(0, "");
        return;
      }
      won = true; // the book now tells of an address, which is not to be dialled any more
      breakOff();
      dialer.established(connection, handshake);
      result.complete(connection);
    }

    @Override
    public void failed(TransportException why, boolean otherKindMayDo) {
      over = true;
      running.remove(attempt);
      if (otherKindMayDo && other().isPresent()) {
        left.addFirst(new Dialer.Attempt(target, attempt.address(), other().get()));
      } else if (why instanceof PeerIdentityException identity) {
        failures.add(refused.size(), text(attempt) + ": " + why.getMessage());
        refused.add(identity.reason());
      } else {
        failures.add(text(attempt) + ": " + why.getMessage() + (otherKindMayDo ? hint() : ""));
      }
      if (!left.isEmpty()) {
        next(loop);
      } else if (running.isEmpty()) {
        lose();
      }
    }

    /** Another kind of identity to try at the same address, if this was the first one. */
    private Optional<IdentityKind> other() {
      return kinds.stream().skip(1).filter(kind -> attempt.kind() == kinds.get(0)).findFirst();
    }

    private String hint() {
      return dialer
          .withoutRawKeys()
          .map(why -> " (perhaps it knows raw public keys only, which cannot be had here: " + why + ")")
          .orElse("");
    }
  }
}
