package org.docs4j.transport.quic;

import static org.docs4j.api.PeerIdentityException.Reason.ANOTHER_PEER;
import static org.docs4j.api.PeerIdentityException.Reason.BAD_HOST_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.BAD_SELF_SIGNATURE;
import static org.docs4j.api.PeerIdentityException.Reason.MALFORMED;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_CERTIFICATE;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_ONE_HOST_KEY;
import static org.docs4j.api.PeerIdentityException.Reason.NOT_VALID_NOW;
import static org.docs4j.api.PeerIdentityException.Reason.UNKNOWN_CRITICAL_EXTENSION;
import static org.docs4j.api.PeerIdentityException.Reason.UNSUPPORTED_KEY;
import static org.docs4j.api.PeerIdentityException.Reason.UNUSABLE_KEY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.ssl.util.LazyX509Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.docs4j.api.PeerIdentityException;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What TLS asks us, as who dialled and as who was dialled, and with which reason we say no. */
class IdentityRefusalTest {
  private static final String AUTH = "UNKNOWN";

  private final Environment environment = Environment.system();
  private final X509TrustManager trust = new X509TrustManager(environment.clock());
  private final Forger forger;
  private QuicSslContext context;
  private SSLEngine engine;

  IdentityRefusalTest() throws Exception {
    forger = new Forger();
  }

  @BeforeEach
  void open() throws Exception {
    context =
        new X509Identity(EndpointSecret.random(environment.random()), environment).newClient(List.of(new Alpn("test/none")));
    engine = SSLContext.getDefault().createSSLEngine();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private Handshake handshake(Optional<EndpointId> expected) {
    Handshake handshake = new Handshake(expected, context);
    handshake.attach(engine);
    return handshake;
  }

  private static X509Certificate[] chain(byte[]... certificates) {
    return Arrays.stream(certificates).map(LazyX509Certificate::new).toArray(X509Certificate[]::new);
  }

  /** In both roles, whoever was expected. */
  private void assertRefused(PeerIdentityException.Reason reason, byte[]... certificates) {
    Handshake accepting = handshake(Optional.empty());
    assertEquals(
        reason,
        assertThrows(
            IdentityException.class, () -> trust.checkClientTrusted(chain(certificates), AUTH, engine)).reason());
    assertEquals(Optional.of(reason), accepting.refusal().map(IdentityException::reason));
    assertEquals(Optional.empty(), accepting.peer());
    Handshake dialling = handshake(Optional.of(forger.secret.id()));
    assertEquals(
        reason,
        assertThrows(
            IdentityException.class, () -> trust.checkServerTrusted(chain(certificates), AUTH, engine)).reason());
    assertEquals(Optional.of(reason), dialling.refusal().map(IdentityException::reason));
    assertEquals(Optional.empty(), dialling.peer());
  }

  @Test
  void certificate_thatIsGood_provesThePeerInBothRoles() throws Exception {
    byte[] good = forger.withHostKey().forge();
    Handshake accepting = handshake(Optional.empty());
    trust.checkClientTrusted(chain(good), AUTH, engine);
    assertEquals(Optional.of(forger.secret.id()), accepting.peer());
    assertEquals(Optional.of(IdentityKind.X509), accepting.kind());
    Handshake dialling = handshake(Optional.of(forger.secret.id()));
    trust.checkServerTrusted(chain(good), AUTH, engine);
    assertEquals(Optional.of(forger.secret.id()), dialling.peer());
  }

  @Test
  void certificate_withEachViolation_isRefusedInBothRoles() throws Exception {
    byte[] good = forger.withHostKey().forge();
    assertRefused(NOT_ONE_CERTIFICATE);
    assertRefused(NOT_ONE_CERTIFICATE, good, good);
    Forger late = new Forger();
    late.end = Forger.time("200101000000Z");
    assertRefused(NOT_VALID_NOW, late.withHostKey().forge());
    Forger signedByAnother = new Forger();
    signedByAnother.signingKeys = Forger.keys("EC", "secp256r1");
    assertRefused(BAD_SELF_SIGNATURE, signedByAnother.withHostKey().forge());
    assertRefused(UNKNOWN_CRITICAL_EXTENSION, new Forger().withHostKey().with(Forger.unknownExtension(true)).forge());
    assertRefused(NOT_ONE_HOST_KEY, new Forger().with(Forger.unknownExtension(false)).forge());
    assertRefused(BAD_HOST_SIGNATURE, new Forger().withHostKeyFor(new Forger().spki()).forge());
    Forger otherCurve = new Forger();
    otherCurve.keys = otherCurve.signingKeys = Forger.keys("EC", "secp521r1");
    assertRefused(UNSUPPORTED_KEY, otherCurve.withHostKey().forge());
    assertRefused(MALFORMED, Arrays.copyOf(good, good.length - 1));
  }

  @Test
  void certificate_ofAnotherPeerThanWasDialled_isRefused() throws Exception {
    Handshake dialling = handshake(Optional.of(new Forger().secret.id()));
    byte[] good = forger.withHostKey().forge();
    assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain(good), AUTH, engine));
    assertEquals(Optional.of(ANOTHER_PEER), dialling.refusal().map(IdentityException::reason));
    assertEquals(Optional.empty(), dialling.peer());
  }

  @Test
  void rawKey_thatIsSound_provesThePeerInBothRoles() {
    byte[] key = forger.secret.id().toByteArray();
    Handshake accepting = handshake(Optional.empty());
    assertTrue(RawKeyIdentity.accepts(engine, key));
    assertEquals(Optional.of(forger.secret.id()), accepting.peer());
    assertEquals(Optional.of(IdentityKind.RAW_KEY), accepting.kind());
    Handshake dialling = handshake(Optional.of(forger.secret.id()));
    assertTrue(RawKeyIdentity.accepts(engine, key));
    assertEquals(Optional.of(forger.secret.id()), dialling.peer());
  }

  @Test
  void rawKey_withEachViolation_isRefusedInBothRoles() throws Exception {
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    byte[] noPoint = new byte[32];
    Random random = new Random(3);
    do {
      random.nextBytes(noPoint);
    } while (Ed25519.isPoint(noPoint));
    for (byte[] key : new byte[][] {new byte[0], new byte[31], new byte[32], neutral, noPoint}) {
      Handshake accepting = handshake(Optional.empty());
      assertFalse(RawKeyIdentity.accepts(engine, key));
      assertEquals(Optional.of(UNUSABLE_KEY), accepting.refusal().map(IdentityException::reason));
      Handshake dialling = handshake(Optional.of(forger.secret.id()));
      assertFalse(RawKeyIdentity.accepts(engine, key));
      assertEquals(Optional.of(UNUSABLE_KEY), dialling.refusal().map(IdentityException::reason));
    }
    Handshake dialling = handshake(Optional.of(forger.secret.id()));
    assertFalse(RawKeyIdentity.accepts(engine, new Forger().secret.id().toByteArray()));
    assertEquals(Optional.of(ANOTHER_PEER), dialling.refusal().map(IdentityException::reason));
    assertEquals(Optional.empty(), dialling.peer());
  }
}
