package org.docs4j.transport.quic;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslEngine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.ConnectionHandler;

/** Takes incoming connections, within the limits, and hands them to whoever speaks their protocol. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class Acceptor extends ChannelInitializer<QuicChannel> {
  /** A protocol that nobody handles: endpoints dial themselves with it to warm up, before they have another one. */
  static final Alpn WARM_UP = new Alpn("docs4j/warm-up");

  private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());
  private static final long HANDLER_FAILED = 1;

  private final Identities identities;
  private final QuicSettings settings;
  private final Sightings seen;
  private final Admission admission;
  private final AddressValidation validation;
  private final Links links;
  // Guarded by this.
  private final Map<Alpn, ConnectionHandler> handlers = new LinkedHashMap<>();
  private volatile QuicSslContext context;

  /** Makes an acceptor that tells where it has seen which peer. */
  Acceptor(
      Identities identities, QuicSettings settings, Links links, Sightings seen, Environment environment) {
    this.identities = identities;
    this.settings = settings;
    this.seen = seen;
    this.links = links;
    this.admission = new Admission(settings);
    this.validation = new AddressValidation(admission, environment);
    this.context = identities.server(List.of(WARM_UP));
  }

  /** Serves one more protocol, from the next handshake on. */
  synchronized void accept(Alpn protocol, ConnectionHandler handler) {
    if (handlers.putIfAbsent(protocol, handler) != null) {
      throw new IllegalArgumentException("the protocol " + protocol + " has a handler already");
    }
    context = identities.server(handlers.keySet());
  }

  private synchronized Optional<ConnectionHandler> handler(Alpn protocol) {
    return Optional.ofNullable(handlers.get(protocol));
  }

  /** What decides about first packets; those that find no room do not come further. */
  AddressValidation validation() {
    return validation;
  }

  /** Begins the handshake of an incoming connection. */
  QuicSslEngine begin(QuicChannel channel) {
    return Handshake.begin(channel, context, Optional.empty());
  }

  @Override
  protected void initChannel(QuicChannel channel) {
    Incoming incoming = new Incoming(channel);
    Link link = new Link(incoming, false, settings, links);
    channel.pipeline().addLast(link);
    unlessClosed(channel, settings.connectTimeout(), () -> link.fail("the handshake took too long"));
  }

  /** Does something after a while, unless the connection has ended before. */
  private static void unlessClosed(QuicChannel channel, Duration delay, Runnable task) {
    Future<?> later = channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> later.cancel(false));
  }

  private final class Incoming implements Link.Owner {
    private final QuicChannel channel;

    private final InetAddress address;

    private Incoming(QuicChannel channel) {
      this.channel = channel;
      this.address = ((InetSocketAddress) channel.remoteSocketAddress()).getAddress();
      admission.handshakeBegan(address);
    }

    @Override
    public void failed(TransportException why, boolean otherKindMayDo) {
      admission.handshakeEnded(address);
      String reason = why instanceof PeerIdentityException identity ? identity.reason() + ", " : "";
      LOG.log(
          System.Logger.Level.DEBUG,
          "refused a connection from {0}: {1}{2}",
          address.getHostAddress(), reason, why.getMessage());
    }

    @Override
    public void established(QuicConnection connection, Handshake handshake) {
      admission.handshakeEnded(address);
      identities.forgetSessions(handshake.context());
      EndpointId peer = connection.remoteId();
      Optional<ConnectionHandler> handler = handler(connection.alpn());
      if (handler.isEmpty()) {
        connection.close(0, "");
        return;
      }
      if (!admission.admit(peer, address)) {
        LOG.log(System.Logger.Level.DEBUG, "refused peer {0}: too many connections", peer.shortText());
        links
            .farewell()
            .close(() -> channel.close(false, Codes.CONNECTION_REFUSED, Unpooled.EMPTY_BUFFER));
        return;
      }
      channel.closeFuture().addListener(closed -> admission.left(peer, address));
      expectStream(connection);
      seen.met(connection, handshake);
      hand(connection, handler.get());
    }

    /** Every protocol here begins with a stream; a connection without one only takes the place of others. */
    private void expectStream(QuicConnection connection) {
      if (!settings.firstStream().isZero()) {
        unlessClosed(channel, settings.firstStream(), connection::closeIfUnused);
      }
    }

    @SuppressWarnings("CatchingUnchecked")
    private void hand(QuicConnection connection, ConnectionHandler handler) {
      try {
        handler.handle(connection);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "the handler of " + connection.alpn() + " failed", e);
        connection.close(HANDLER_FAILED, "the handler failed");
      }
    }
  }
}
