package org.docs4j.transport.quic;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.docs4j.api.spi.WallClock;

/** Accepts certificates that prove who the peer is, whoever it is, unless another one was dialled. */
final class X509TrustManager extends X509ExtendedTrustManager {
  private final WallClock clock;

  X509TrustManager(WallClock clock) {
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, Handshake.of(engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, Handshake.of(engine));
  }

  private void check(X509Certificate[] chain, Handshake handshake) throws CertificateException {
    List<byte[]> encoded = new ArrayList<>(chain.length);
    for (X509Certificate certificate : chain) {
      encoded.add(certificate.getEncoded());
    }
    try {
      Instant now = Instant.EPOCH.plus(clock.now().micros(), ChronoUnit.MICROS);
      handshake.proved(X509Verifier.verify(encoded, now), IdentityKind.X509);
    } catch (IdentityException e) {
      handshake.refused(e);
      throw e;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  // Without an engine there is no handshake to put the result into. The QUIC codec always has one.

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    throw new CertificateException("not over a socket");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    throw new CertificateException("not over a socket");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw new CertificateException("not without an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw new CertificateException("not without an engine");
  }
}
