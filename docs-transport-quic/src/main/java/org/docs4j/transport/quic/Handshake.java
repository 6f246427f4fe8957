package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.util.AttributeKey;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.model.EndpointId;
import org.jspecify.annotations.Nullable;

/** What is expected of, and was found out about, the peer of one handshake. Confined to the event loop. */
final class Handshake {
  private static final AttributeKey<Handshake> ATTRIBUTE = AttributeKey.valueOf(Handshake.class, "handshake");
  private static final String SESSION_VALUE = Handshake.class.getName();

  private final Optional<EndpointId> expected;
  private final QuicSslContext context;
  private @Nullable EndpointId proved;
  private @Nullable IdentityKind kind;
  private @Nullable IdentityException refusal;

  Handshake(Optional<EndpointId> expected, QuicSslContext context) {
    this.expected = expected;
    this.context = context;
  }

  /** Begins the handshake of a channel, with a peer that was dialled or with anyone. */
  static QuicSslEngine begin(QuicChannel channel, QuicSslContext context, Optional<EndpointId> expected) {
    Handshake handshake = new Handshake(expected, context);
    channel.attr(ATTRIBUTE).set(handshake);
    QuicSslEngine engine = context.newEngine(channel.alloc());
    handshake.attach(engine);
    return engine;
  }

  /** Lets checks of certificates find it. */
  void attach(SSLEngine engine) {
    engine.getSession().putValue(SESSION_VALUE, this);
  }

  static Optional<Handshake> of(QuicChannel channel) {
    return Optional.ofNullable(channel.attr(ATTRIBUTE).get());
  }

  /** The handshake that an engine does, as a check of certificates sees it. */
  static Handshake of(SSLEngine engine) {
    return (Handshake) engine.getSession().getValue(SESSION_VALUE);
  }

  /** The peer is this one, and has proved it or has to before the handshake ends. */
  void proved(EndpointId peer, IdentityKind by) throws IdentityException {
    if (expected.isPresent() && !expected.get().equals(peer)) {
      throw new IdentityException(PeerIdentityException.Reason.ANOTHER_PEER);
    }
    proved = peer;
    kind = by;
  }

  /** The peer's proof is not good; the first reason counts. */
  void refused(IdentityException exception) {
    if (refusal == null) {
      refusal = exception;
    }
  }

  QuicSslContext context() {
    return context;
  }

  Optional<EndpointId> peer() {
    return Optional.ofNullable(proved);
  }

  /** How it proved who it is. */
  Optional<IdentityKind> kind() {
    return Optional.ofNullable(kind);
  }

  Optional<IdentityException> refusal() {
    return Optional.ofNullable(refusal);
  }
}
