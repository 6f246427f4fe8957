package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.SslSessionTicketKey;
import io.netty.handler.ssl.ClientAuth;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;

/** Identity by certificate, as peers from 0.28 to 0.33 have it (WIRE 8, INTEROP 2): on all platforms. */
final class X509Identity {
  private final X509KeyManager keys;
  private final X509TrustManager trust;
  private final SecureRandom random;
  private final Map<List<Alpn>, QuicSslContext> clients = new ConcurrentHashMap<>();

  /** Makes a fresh key for the certificate; it lives as long as this object. */
  X509Identity(EndpointSecret secret, Environment environment) {
    this.random = EnvironmentRandom.of(environment.random());
    this.keys = new X509KeyManager(X509Certificates.issue(secret, random));
    this.trust = new X509TrustManager(environment.clock());
  }

  QuicSslContext server(Collection<Alpn> protocols) {
    QuicSslContext context =
        QuicSslContextBuilder.forServer(keys, null)
            .trustManager(trust)
            .clientAuth(ClientAuth.REQUIRE)
            .earlyData(false)
            .applicationProtocols(names(protocols))
            .build();
    forgetSessions(context);
    return context;
  }

  QuicSslContext client(List<Alpn> protocols) {
    return clients.computeIfAbsent(protocols, this::newClient);
  }

  /** A context of its own for the caller. */
  QuicSslContext newClient(List<Alpn> protocols) {
    return QuicSslContextBuilder.forClient()
        .keyManager(keys, null)
        .trustManager(trust)
        .endpointIdentificationAlgorithm("")
        .earlyData(false)
        .applicationProtocols(names(protocols))
        .build();
  }

  private static String[] names(Collection<Alpn> protocols) {
    return protocols.stream().map(Alpn::name).toArray(String[]::new);
  }

  /**
   * Changes the key under which tickets were sealed. The library cannot be told to send none; this way a ticket is dead
   * when its handshake is done, and the peer that shows it gets a full handshake.
   */
  void forgetSessions(QuicSslContext context) {
    context.sessionContext().setTicketKeys(new SslSessionTicketKey(bytes(), bytes(), bytes()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }
}
