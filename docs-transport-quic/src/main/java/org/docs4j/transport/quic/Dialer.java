package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;

/** Dials peers from the socket of an endpoint. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class Dialer {
  private static final AttributeKey<Target> TARGET = AttributeKey.valueOf(Dialer.class, "target");

  private final QuicSettings settings;
  private final RandomGenerator random;
  private final Wiring wiring;
  private final Links links;
  private final BiConsumer<EndpointId, InetSocketAddress> seen;

  /** Makes a dialler that tells where it has seen which peer. */
  Dialer(
      QuicSettings settings,
      RandomGenerator random,
      Wiring wiring,
      Links links,
      BiConsumer<EndpointId, InetSocketAddress> seen) {
    this.settings = settings;
    this.random = random;
    this.wiring = wiring;
    this.links = links;
    this.seen = seen;
  }

  /**
   * Who is dialled for what.
   *
   * @param peer who must answer
   * @param protocol what it must speak
   */
  record Target(EndpointId peer, Alpn protocol) {}

  /** Begins the handshake of a channel that {@link #attempt} made. */
  static QuicSslEngine begin(QuicChannel channel, Identity identity) {
    Target target = channel.attr(TARGET).get();
    return Handshake.begin(channel, identity.client(target.protocol()), Optional.of(target.peer()));
  }

  /** Dials all addresses, and returns the connection that is there first. Fails as the seam says. */
  CompletionStage<Connection> dial(Target target, List<InetSocketAddress> addresses) {
    DialRace race = new DialRace(this, target, addresses, settings.connectTimeout());
    UdpSocket.run(
        wiring.socket().channel(), () -> race.start(wiring.socket().channel().eventLoop()), race::endpointClosed);
    return race.result();
  }

  /** A dial has succeeded; on the event loop. */
  void established(QuicConnection connection) {
    connection.remoteAddress().ifPresent(address -> seen.accept(connection.remoteId(), address));
  }

  /** Dials one address; on the event loop. */
  Link attempt(Target target, InetSocketAddress address, Link.Owner owner) {
    Link link = new Link(owner, true, settings, links);
    wiring
        .dial(address, link, settings, random)
        .attr(TARGET, target)
        .connect()
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                link.dialFailed(connected.cause());
              }
            });
    return link;
  }
}
