package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicSslContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.transport.quic.rawkey.UnavailableException;

/**
 * How an endpoint proves who it is in the TLS 1.3 handshake, and checks the proof of the other side.
 *
 * <p>A context puts the result of the check into the {@link Handshake} of the engine; a handshake that ends without
 * one, such as a resumed session, proves nothing. Safe to use from any thread.
 */
final class Identities {
  private static final System.Logger LOG = System.getLogger(Identities.class.getName());

  private final X509Identity x509;
  private final Optional<RawKeyIdentity> rawKey;
  private final List<IdentityKind> kinds = new ArrayList<>();
  private final Optional<String> without;

  private Identities(
      X509Identity x509, Optional<RawKeyIdentity> rawKey, QuicSettings.Identity wanted, Optional<String> without) {
    this.x509 = x509;
    this.rawKey = rawKey;
    this.without = without;
    rawKey.ifPresent(available -> kinds.add(IdentityKind.RAW_KEY));
    if (wanted != QuicSettings.Identity.RAW_KEY) {
      kinds.add(IdentityKind.X509);
    }
  }

  /**
   * Makes the kinds that are wanted and that this process has.
   *
   * @throws TransportException if raw public keys are the only wanted kind and cannot be had
   */
  static Identities of(EndpointSecret secret, QuicSettings.Identity wanted, Environment environment) {
    X509Identity x509 = new X509Identity(secret, environment);
    if (wanted == QuicSettings.Identity.X509) {
      return new Identities(x509, Optional.empty(), wanted, Optional.of("the option identity is x509"));
    }
    try {
      return new Identities(x509, Optional.of(new RawKeyIdentity(secret, x509)), wanted, Optional.empty());
    } catch (UnavailableException e) {
      if (wanted == QuicSettings.Identity.RAW_KEY) {
        throw new TransportException("there are no raw public keys: " + e.getMessage(), e);
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "peers that prove themselves by raw public keys (iroh 0.34 and later) cannot be reached: {0}",
          e.getMessage());
      return new Identities(x509, Optional.empty(), wanted, Optional.of(e.getMessage()));
    }
  }

  /** A context for incoming connections of these protocols; any other protocol is refused in the handshake. */
  QuicSslContext server(Collection<Alpn> protocols) {
    QuicSslContext context = x509.server(protocols);
    rawKey.ifPresent(keys -> keys.serve(context, kinds.contains(IdentityKind.X509)));
    return context;
  }

  /** A context for dialling with one of these protocols. */
  QuicSslContext client(IdentityKind kind, List<Alpn> protocols) {
    return kind == IdentityKind.X509 ? x509.client(protocols) : rawKey.orElseThrow().client(protocols);
  }

  /** The kinds with which a peer is dialled, the likeliest first. */
  List<IdentityKind> kinds(Optional<IdentityKind> known) {
    List<IdentityKind> order = new ArrayList<>(kinds);
    known.filter(order::remove).ifPresent(kind -> order.add(0, kind));
    return order;
  }

  /** Why there are no raw public keys, if there are none. */
  Optional<String> withoutRawKeys() {
    return without;
  }

  /** Makes worthless what the peers of a context may have kept to resume their sessions. */
  void forgetSessions(QuicSslContext context) {
    if (rawKey.isEmpty()) {
      x509.forgetSessions(context);
    }
  }
}
