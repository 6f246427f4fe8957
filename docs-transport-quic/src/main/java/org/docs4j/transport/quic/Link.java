package org.docs4j.transport.quic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.CloseInfo;
import org.jspecify.annotations.Nullable;

/** Follows one QUIC connection from its first packet to its last, on the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class Link extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(Link.class.getName());

  /** Whoever waits for the handshake. One of the methods is called, once, on the event loop; none after a break-off. */
  interface Owner {
    /** The peer has proved who it is. */
    void established(QuicConnection connection, Handshake handshake);

    /** The handshake failed, perhaps since the peer knows another kind of identity only. */
    void failed(TransportException why, boolean otherKindMayDo);
  }

  private final Owner owner;
  private final boolean dialled;
  private final KeepAlive keepAlive;
  private final Links links;
  private @Nullable QuicChannel channel;
  private @Nullable QuicConnection connection;
  private boolean failed;

  Link(Owner owner, boolean dialled, QuicSettings settings, Links links) {
    this.owner = owner;
    this.dialled = dialled;
    this.keepAlive = new KeepAlive(settings.keepAlive(), settings.patience(), this::silent);
    this.links = links;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = (QuicChannel) ctx.channel();
    QuicChannel own = channel;
    // Without a handshake the channel was never active, and nothing else says that the library has ended it.
    own.closeFuture().addListener(closed -> fail(own.isTimedOut() ? "nothing came from it" : "the handshake was broken off"));
    if (!links.add(own, this)) {
      fail("the endpoint is closed");
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    QuicChannel active = (QuicChannel) ctx.channel();
    Optional<Handshake> handshake = Handshake.of(active);
    String protocol = active.sslEngine().getApplicationProtocol();
    if (failed || handshake.isEmpty() || handshake.get().peer().isEmpty() || protocol == null || protocol.isEmpty()) {
      fail("the peer ended the handshake without saying who it is and what it speaks");
      return;
    }
    QuicConnection made =
        new QuicConnection(active, handshake.get().peer().get(), new Alpn(protocol), dialled, keepAlive, links);
    connection = made;
    keepAlive.start(active);
    owner.established(made, handshake.get());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof QuicStreamChannel) {
      ctx.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicDatagramExtensionEvent) {
      keepAlive.takesDatagrams((QuicChannel) ctx.channel());
    } else if (event instanceof QuicStreamLimitChangedEvent && connection != null) {
      connection.streamLimitsChanged();
    } else if (event instanceof QuicConnectionCloseEvent close) {
      keepAlive.stop();
      peerClosed(close);
    }
  }

  private void peerClosed(QuicConnectionCloseEvent close) {
    String reason = Codes.reason(close);
    if (connection == null) {
      boolean transport = !close.isApplicationClose();
      if (transport && close.error() == Codes.NO_APPLICATION_PROTOCOL) {
        fail("it does not speak the protocol");
      } else {
        fail(
            "it refused the connection with code " + close.error() + " " + reason,
            transport && Codes.isAlert(close.error()));
      }
    } else if (close.isApplicationClose()) {
      connection.ended(new CloseInfo(CloseInfo.Kind.PEER, Integer.toUnsignedLong(close.error()), reason));
    } else {
      connection.ended(
          new CloseInfo(CloseInfo.Kind.FAILED, -1, "transport error " + close.error() + " from the peer " + reason));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    keepAlive.stop();
    if (connection != null) {
      connection.ended(
          ((QuicChannel) ctx.channel()).isTimedOut()
              ? new CloseInfo(CloseInfo.Kind.TIMED_OUT, -1, "")
              : new CloseInfo(CloseInfo.Kind.FAILED, -1, "it was broken off"));
    }
  }

  /** The peer does not answer any more. */
  private void silent() {
    if (connection != null) {
      connection.ended(new CloseInfo(CloseInfo.Kind.TIMED_OUT, -1, ""));
      closeChannel();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean expected = cause instanceof QuicException || cause instanceof IOException;
    LOG.log(expected ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, "a connection reports", cause);
    if (cause instanceof SSLException tls) {
      tlsFailed(ctx.channel(), tls);
    }
  }

  /** The attempt to dial ended with this. */
  void dialFailed(Throwable cause) {
    if (cause instanceof QuicClosedChannelException closed && channel != null) {
      // Without an event the library has ended it by itself; the end of the channel, which comes next, says more.
      Optional.ofNullable(closed.event()).ifPresent(this::peerClosed);
    } else if (cause instanceof SSLException tls && channel != null) {
      tlsFailed(channel, tls);
    } else {
      fail("the handshake failed: " + cause.getMessage());
    }
  }

  /** TLS failed on this side. */
  private void tlsFailed(Channel on, SSLException why) {
    handshake().ifPresent(handshake -> IdentityException.of(why).ifPresent(handshake::refused));
    // The library tells the peer only when it sends the next packet. In this call it may be in the middle of one.
    on.eventLoop().execute(() -> fail("the handshake failed: " + why.getMessage(), true));
  }

  private Optional<Handshake> handshake() {
    return Optional.ofNullable(channel).flatMap(Handshake::of);
  }

  /** Says once that the handshake failed, unless it is done; a refused identity is the reason that counts. */
  void fail(String otherwise) {
    fail(otherwise, false);
  }

  private void fail(String otherwise, boolean otherKindMayDo) {
    if (connection != null || failed) {
      return;
    }
    failed = true;
    Optional<IdentityException> refusal = handshake().flatMap(Handshake::refusal);
    owner.failed(
        refusal
            .<TransportException>map(why -> new PeerIdentityException(why.reason(), why.getMessage()))
            .orElseGet(() -> new TransportException(otherwise)),
        otherKindMayDo && refusal.isEmpty());
    closeChannel();
  }

  /** Ends the handshake; nobody waits for it any more. */
  void breakOff() {
    failed = true;
    closeChannel();
  }

  private void closeChannel() {
    if (channel != null) {
      channel.close();
    }
  }

  boolean isBlocked() {
    return connection != null && connection.isBlocked();
  }

  boolean mayBeSending() {
    return connection != null && connection.mayBeSending();
  }

  /** Ends the connection with code 0, or the handshake; the future completes when the last packet is sent. */
  Optional<ChannelFuture> close() {
    if (connection != null) {
      connection.close(0, "");
    } else {
      fail("the endpoint is closed");
    }
    return Optional.ofNullable(channel).map(QuicChannel::closeFuture);
  }
}
