package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.Quic;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ConnectionHandler;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.transport.quic.disco.DiscoHandler;

/** A bound endpoint. Everything that happens to its connections happens on the one event loop of its socket. */
final class QuicEndpoint implements Endpoint {
  private static final System.Logger LOG = System.getLogger(QuicEndpoint.class.getName());

  private static final long WARM_UP_SECONDS = 3;

  private final EndpointId id;
  private final AddressBook book;
  private final Acceptor acceptor;
  private final Wiring wiring;
  private final Dialer dialer;
  private final Shutdown shutdown;

  private QuicEndpoint(
      EndpointId id, AddressBook book, Acceptor acceptor, Wiring wiring, Dialer dialer, Links links) {
    this.id = id;
    this.book = book;
    this.acceptor = acceptor;
    this.wiring = wiring;
    this.dialer = dialer;
    this.shutdown = new Shutdown(wiring.socket(), links);
  }

  static QuicEndpoint bind(EndpointConfig config) {
    QuicSettings settings = QuicSettings.parse(config.options());
    if (config.bind().isUnresolved()) {
      throw new TransportException("there is no address named " + config.bind().getHostString());
    }
    if (!Quic.isAvailable()) {
      throw new TransportException(
          "there is no native QUIC library for " + System.getProperty("os.name") + " on "
              + System.getProperty("os.arch") + ", or it could not be loaded",
          Quic.unavailabilityCause());
    }
    Identities identities = Identities.of(config.secret(), settings.identity(), config.environment());
    EndpointId id = config.secret().id();
    AddressBook book = new AddressBook();
    Sightings seen = new Sightings(book, id);
    Links links =
        new Links(new Farewell(), new Lingering(settings.idle()), new StreamPlaces(settings));
    Acceptor acceptor = new Acceptor(identities, settings, links, seen, config.environment());
    Optional<DiscoHandler> disco =
        settings.disco() ? Optional.of(new DiscoHandler(config.secret(), config.environment())) : Optional.empty();
    Wiring wiring = Wiring.bind(config.bind(), settings, identities, acceptor, links.farewell());
    disco.ifPresent(first -> wiring.socket().channel().pipeline().addFirst(first));
    Dialer dialer = new Dialer(settings, config.environment().random(), wiring, links, identities, seen, disco);
    QuicEndpoint endpoint = new QuicEndpoint(id, book, acceptor, wiring, dialer, links);
    endpoint.warmUp(identities.kinds(Optional.empty()), () -> disco.ifPresent(on -> DiscoHandler.warmUp(config.environment())));
    return endpoint;
  }

  /**
   * Dials itself by each kind of identity and waits for it, so that the first handshake with a peer, who may give it a
   * second, finds the code loaded.
   *
   * @param beside what else is to be loaded, by this thread meanwhile: it would hold up the event loop at the first dial
   */
  private void warmUp(List<IdentityKind> kinds, Runnable beside) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(kinds.stream().map(this::warmUp).toArray(CompletableFuture<?>[]::new))
            .completeOnTimeout(null, WARM_UP_SECONDS, TimeUnit.SECONDS);
    beside.run();
    all.join();
  }

  private CompletableFuture<?> warmUp(IdentityKind kind) {
    InetSocketAddress self = LocalAddresses.loopback(wiring.socket().localAddress());
    return dialer
        .dial(new Dialer.Target(id, List.of(Acceptor.WARM_UP)), List.of(self), List.of(kind))
        .whenComplete(
            (connection, failure) -> {
              if (failure != null) {
                LOG.log(System.Logger.Level.DEBUG, "not warmed up by {0}: {1}", kind, failure.getMessage());
              } else {
                connection.close(0, "");
              }
            })
        .handle((connection, failure) -> true)
        .toCompletableFuture();
  }

  @Override
  public EndpointId id() {
    return id;
  }

  @Override
  public EndpointAddr addr() {
    return EndpointAddr.of(id, LocalAddresses.of(wiring.socket().localAddress(), AddressBook.MAX_ADDRESSES));
  }

  @Override
  public CompletionStage<Connection> connect(EndpointAddr peer, List<Alpn> protocols) {
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("a peer is dialled for one protocol at least");
    }
    if (shutdown.begun()) {
      return refused(peer, "the endpoint is closed");
    }
    if (peer.id().equals(id)) {
      return refused(peer, "it is this endpoint itself");
    }
    EndpointAddr all = book.known(peer.id()).map(peer::merge).orElse(peer);
    Set<InetSocketAddress> targets = new LinkedHashSet<>(peer.ipAddresses());
    targets.addAll(all.ipAddresses());
    if (targets.isEmpty()) {
      return refused(
          peer, all.isRelayOnly() ? "only relay addresses are known, which cannot be dialled" : "no address is known");
    }
    List<InetSocketAddress> reachable = targets.stream().filter(wiring.socket()::reaches).limit(DialRace.MAX_ADDRESSES).toList();
    if (reachable.isEmpty()) {
      return refused(peer, "none of its addresses can be reached from " + wiring.socket().localAddress());
    }
    return dialer.dial(new Dialer.Target(peer.id(), List.copyOf(protocols)), reachable);
  }

  private static CompletionStage<Connection> refused(EndpointAddr peer, String why) {
    return CompletableFuture.failedFuture(
        new TransportException("cannot reach peer " + peer.id().shortText() + ": " + why));
  }

  @Override
  public void accept(Alpn alpn, ConnectionHandler handler) {
    acceptor.accept(alpn, handler);
  }

  @Override
  public void learn(EndpointAddr peer) {
    if (!peer.id().equals(id)) {
      book.learn(peer);
    }
  }

  @Override
  public Optional<EndpointAddr> known(EndpointId peer) {
    return book.known(peer);
  }

  @Override
  public void close() {
    shutdown.run();
  }
}
