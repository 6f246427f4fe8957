package org.docs4j.tck.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ConnectionHandler;
import org.docs4j.api.spi.transport.Endpoint;

/** An endpoint with flaws. */
final class FlawedEndpoint implements Endpoint {
  private final Endpoint inner;
  private final Set<TransportFlaw> flaws;
  private final Map<InetSocketAddress, EndpointId> bound;
  private final Map<Alpn, ConnectionHandler> handlers = new HashMap<>();
  private final Map<EndpointId, EndpointAddr> book = new HashMap<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Map<EndpointId, Connection> dialled = new HashMap<>();
  private final Map<EndpointId, EndpointAddr> firstAddresses = new HashMap<>();
  private boolean dialledBefore;

  FlawedEndpoint(Endpoint inner, Set<TransportFlaw> flaws, Map<InetSocketAddress, EndpointId> bound) {
    this.inner = inner;
    this.flaws = flaws;
    this.bound = bound;
  }

  private boolean has(TransportFlaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public EndpointId id() {
    return inner.id();
  }

  @Override
  public EndpointAddr addr() {
    if (has(TransportFlaw.ADDS_A_WILDCARD) && handlers.isEmpty()) {
      InetSocketAddress first = inner.addr().ipAddresses().get(0);
      return inner.addr().merge(EndpointAddr.of(id(), List.of(new InetSocketAddress(first.getPort()))));
    }
    return has(TransportFlaw.HIDES_ITS_ADDRESS) ? EndpointAddr.of(id()) : inner.addr();
  }

  @Override
  public CompletionStage<Connection> connect(EndpointAddr peer, List<Alpn> protocols) {
    if (has(TransportFlaw.DIALS_LATE) && !connections.isEmpty() && !dialledBefore) {
      dialledBefore = true;
      return CompletableFuture.failedFuture(new TransportException("not ready yet"));
    }
    if (has(TransportFlaw.NEVER_GIVES_UP) && peer.addresses().isEmpty()) {
      return new CompletableFuture<>();
    }
    EndpointAddr target = peer;
    if (has(TransportFlaw.TRUSTS_ANYONE)) {
      EndpointId there = bound.getOrDefault(peer.ipAddresses().get(0), peer.id());
      target = new EndpointAddr(there, peer.addresses());
    }
    if (has(TransportFlaw.TRIES_ONE_ADDRESS) && peer.addresses().size() > 1) {
      target = EndpointAddr.of(peer.id(), peer.ipAddresses().subList(0, 1));
    }
    Connection old = dialled.get(peer.id());
    if (has(TransportFlaw.SHARES_CONNECTIONS)
        && old != null
        && protocols.contains(old.alpn())
        && !old.closed().toCompletableFuture().isDone()) {
      return CompletableFuture.completedFuture(old);
    }
    if (has(TransportFlaw.STICKS_TO_OLD_ADDRESSES)) {
      target = firstAddresses.merge(peer.id(), peer, (first, other) -> first.addresses().isEmpty() ? other : first);
    }
    dialledBefore = true;
    return inner
        .connect(target, offered(protocols))
        .exceptionally(this::refused)
        .thenApply(
            connection -> {
              Connection made = flawed(connection);
              dialled.put(connection.remoteId(), made);
              return made;
            });
  }

  private List<Alpn> offered(List<Alpn> protocols) {
    int last = protocols.size() - 1;
    if (has(TransportFlaw.OFFERS_THE_FIRST_ONLY)) {
      return protocols.subList(0, Math.min(protocols.size(), 1));
    }
    return last > 0 && has(TransportFlaw.OFFERS_BACKWARDS) ? protocols.subList(last, last + 1) : protocols;
  }

  private Connection refused(Throwable failure) {
    if (has(TransportFlaw.BLAMES_THE_NETWORK)) {
      throw new TransportException("no connection");
    }
    if (has(TransportFlaw.BLAMES_THE_PEER)) {
      throw new PeerIdentityException(PeerIdentityException.Reason.ANOTHER_PEER, failure.getMessage());
    }
    throw new CompletionException(failure);
  }

  private Connection flawed(Connection connection) {
    connections.add(connection);
    return new FlawedConnection(connection, flaws);
  }

  @Override
  public void accept(Alpn alpn, ConnectionHandler handler) {
    if (!has(TransportFlaw.REPLACES_HANDLERS) || !handlers.containsKey(alpn)) {
      inner.accept(alpn, connection -> handle(alpn, connection));
    }
    handlers.put(alpn, handler);
  }

  private void handle(Alpn alpn, Connection connection) {
    try {
      handlers.get(alpn).handle(flawed(connection));
    } catch (IllegalArgumentException e) {
      if (!has(TransportFlaw.FORGIVES_HANDLERS)) {
        throw e;
      }
    }
  }

  @Override
  public void learn(EndpointAddr peer) {
    if (has(TransportFlaw.KEEPS_EVERY_PEER)) {
      inner.learn(peer);
      book.merge(peer.id(), peer, (known, more) -> known.addresses().size() < 64 ? known.merge(more) : known);
    } else if (has(TransportFlaw.KEEPS_EVERY_ADDRESS)) {
      book.merge(peer.id(), peer, EndpointAddr::merge);
    } else if (!has(TransportFlaw.IGNORES_THE_BOOK)) {
      inner.learn(peer);
    }
  }

  @Override
  public Optional<EndpointAddr> known(EndpointId peer) {
    if (has(TransportFlaw.KEEPS_EVERY_ADDRESS)) {
      return Optional.ofNullable(book.get(peer));
    }
    if (has(TransportFlaw.KEEPS_EVERY_PEER) && book.containsKey(peer)) {
      return Optional.of(book.get(peer));
    }
    return has(TransportFlaw.FORGETS_LIVE_PEERS) ? Optional.empty() : inner.known(peer);
  }

  @Override
  public void close() {
    if (has(TransportFlaw.CLOSES_HASTILY)) {
      connections.forEach(connection -> connection.close(0, ""));
    }
    if (has(TransportFlaw.CLOSES_WITH_A_CODE)) {
      connections.forEach(connection -> connection.close(9, ""));
    }
    inner.close();
  }
}
