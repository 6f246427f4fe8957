package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicSslContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.transport.quic.rawkey.RawKeys;
import org.docs4j.transport.quic.rawkey.UnavailableException;

/** Identity by raw public key, as peers since 0.34 have it (WIRE 8, INTEROP 4): where {@link RawKeys} works. */
final class RawKeyIdentity {
  private final RawKeys keys;
  private final X509Identity base;
  private final Map<List<Alpn>, QuicSslContext> clients = new ConcurrentHashMap<>();

  /** Prepares the key; contexts come from the other identity, and are changed. */
  RawKeyIdentity(EndpointSecret secret, X509Identity base) throws UnavailableException {
    this.keys = RawKeys.of(secret.toByteArray(), RawKeyIdentity::accepts);
    this.base = base;
  }

  /** Makes a server's context take raw public keys, beside certificates or instead of them. */
  void serve(QuicSslContext context, boolean certificatesToo) {
    keys.accept(context, certificatesToo);
  }

  QuicSslContext client(List<Alpn> protocols) {
    return clients.computeIfAbsent(
        protocols,
        names -> {
          QuicSslContext context = base.newClient(names);
          keys.dial(context);
          return context;
        });
  }

  static boolean accepts(SSLEngine engine, byte[] key) {
    Handshake handshake = Handshake.of(engine);
    try {
      if (!Ed25519.isStrictKey(key)) {
        throw new IdentityException(PeerIdentityException.Reason.UNUSABLE_KEY);
      }
      handshake.proved(EndpointId.of(key), IdentityKind.RAW_KEY);
      return true;
    } catch (IdentityException e) {
      handshake.refused(e);
      return false;
    }
  }
}
