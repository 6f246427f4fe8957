package org.docs4j.transport.quic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.transport.quic.disco.DiscoHandler;

/** Dials peers from the socket of an endpoint. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class Dialer {
  private static final AttributeKey<Attempt> ATTEMPT = AttributeKey.valueOf(Dialer.class, "attempt");

  private final QuicSettings settings;
  private final RandomGenerator random;
  private final Wiring wiring;
  private final Links links;
  private final Identities identities;
  private final AddressBook book;
  private final Sightings seen;
  private final Optional<DiscoHandler> disco;
  private final Map<EndpointId, Set<DialRace>> races = new ConcurrentHashMap<>();

  /** Makes a dialler that tells where it has seen which peer, and asks old nodes to let themselves be dialled. */
  Dialer(
      QuicSettings settings,
      RandomGenerator random,
      Wiring wiring,
      Links links,
      Identities identities,
      Sightings seen,
      Optional<DiscoHandler> disco) {
    this.settings = settings;
    this.random = random;
    this.wiring = wiring;
    this.links = links;
    this.identities = identities;
    this.book = seen.book();
    this.seen = seen;
    this.disco = disco;
    book.onNews(this::learned);
  }

  /**
   * Who is dialled for what.
   *
   * @param peer who must answer
   * @param protocols one of which it must speak
   */
  record Target(EndpointId peer, List<Alpn> protocols) {
    /** The names of the protocols. */
    String what() {
      return protocols.stream().map(Alpn::name).collect(Collectors.joining(" or "));
    }
  }

  /**
   * One way to reach a target.
   *
   * @param target who is dialled for what
   * @param address where
   * @param kind how both prove who they are
   */
  record Attempt(Target target, InetSocketAddress address, IdentityKind kind) {}

  /** Begins the handshake of a channel that {@link #attempt} made. */
  static QuicSslEngine begin(QuicChannel channel, Identities identities) {
    Attempt attempt = channel.attr(ATTEMPT).get();
    Target target = attempt.target();
    return Handshake.begin(
        channel, identities.client(attempt.kind(), target.protocols()), Optional.of(target.peer()));
  }

  /** Dials all addresses, and returns the connection that is there first. Fails as the seam says. */
  CompletionStage<Connection> dial(Target target, List<InetSocketAddress> addresses) {
    return dial(target, addresses, identities.kinds(book.kind(target.peer())));
  }

  /** The same with these kinds of identity, the likeliest first. */
  CompletionStage<Connection> dial(Target target, List<InetSocketAddress> addresses, List<IdentityKind> kinds) {
    DialRace race = new DialRace(this, target, addresses, kinds, settings.connectTimeout());
    EndpointId peer = target.peer();
    // Added within the step that makes the set: the end of the last other race takes an empty one away.
    races.compute(
        peer,
        (id, running) -> {
          Set<DialRace> all = running == null ? ConcurrentHashMap.newKeySet() : running;
          all.add(race);
          return all;
        });
    race.result().whenComplete(
        (connection, failure) ->
            races.computeIfPresent(peer, (id, all) -> all.remove(race) && all.isEmpty() ? null : all));
    UdpSocket.run(
        wiring.socket().channel(), () -> race.start(wiring.socket().channel().eventLoop()), race::endpointClosed);
    // What came between the look into the book and the beginning of the race.
    book.known(peer).ifPresent(this::learned);
    return race.result();
  }

  /** Something became known of a peer, which may be dialled at present. */
  private void learned(EndpointAddr peer) {
    Set<DialRace> running = races.get(peer.id());
    if (running != null) {
      List<InetSocketAddress> reachable = peer.ipAddresses().stream().filter(wiring.socket()::reaches).toList();
      EventLoop loop = wiring.socket().channel().eventLoop();
      UdpSocket.run(
          wiring.socket().channel(), () -> running.forEach(race -> race.learned(loop, reachable)), () -> {});
    }
  }

  /** A dial has succeeded; on the event loop. */
  void established(QuicConnection connection, Handshake handshake) {
    seen.saw(connection, handshake);
    disco.ifPresent(old -> old.met(connection.remoteId()));
  }

  /** Why peers that know raw public keys only cannot be reached, if they cannot. */
  Optional<String> withoutRawKeys() {
    return identities.withoutRawKeys();
  }

  /** Dials one address; on the event loop. */
  Link attempt(Attempt attempt, Link.Owner owner) {
    Link link = new Link(owner, true, settings, links);
    EndpointId peer = attempt.target().peer();
    disco.ifPresent(old -> old.beforeDial(peer, attempt.address()));
    Future<QuicChannel> dialling = wiring.dial(attempt.address(), link, random).attr(ATTEMPT, attempt).connect();
    disco.ifPresent(old -> old.whileDialling(peer, attempt.address(), dialling::isDone));
    dialling.addListener(
        connected -> {
          if (!connected.isSuccess()) {
            link.dialFailed(connected.cause());
          }
        });
    return link;
  }
}
