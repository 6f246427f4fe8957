package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.quic.QuicSslContext;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.PeerIdentityException.Reason;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.wire.Hex;
import org.docs4j.transport.quic.rawkey.Impostor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Peers that show a good identity which is not theirs, a worthless one, or none. Those that dial us must hear from us
 * with which alert of TLS we refuse them: then it was not they who failed.
 */
class QuicImpostorTest {
  // Alerts of TLS (RFC 8446, section 6) as transport errors (RFC 9001, section 4.8).
  private static final int BAD_CERTIFICATE = 0x100 + 42;
  private static final int DECRYPT_ERROR = 0x100 + 51;
  private static final int CERTIFICATE_REQUIRED = 0x100 + 116;

  /** What stands before an Ed25519 key (RFC 8410, section 4). */
  private static final String ED25519 = "302a300506032b6570032100";

  /** The neutral element, and what is a signature of every message under it. */
  private static final byte[] NEUTRAL = Hex.decode("01" + "00".repeat(31));

  private static final byte[] UNIVERSAL = Arrays.copyOf(NEUTRAL, 64);
  private static final byte[] NO_SIGNATURE = new byte[9];

  /** What a peer shows, and with which error and reason it is refused; if it is not, that it is another peer. */
  enum Shown {
    CERTIFICATE(0, Reason.ANOTHER_PEER),
    STOLEN_CERTIFICATE(DECRYPT_ERROR, Reason.BAD_HANDSHAKE_SIGNATURE),
    UNSIGNED_CERTIFICATE(DECRYPT_ERROR, Reason.BAD_HANDSHAKE_SIGNATURE),
    NO_CERTIFICATE(CERTIFICATE_REQUIRED, Reason.NOT_ONE_CERTIFICATE),
    RAW_KEY(0, Reason.ANOTHER_PEER),
    STOLEN_RAW_KEY(DECRYPT_ERROR, Reason.BAD_HANDSHAKE_SIGNATURE),
    UNSIGNED_RAW_KEY(DECRYPT_ERROR, Reason.BAD_HANDSHAKE_SIGNATURE),
    NEUTRAL_RAW_KEY(BAD_CERTIFICATE, Reason.UNUSABLE_KEY),
    ECDSA_RAW_KEY(BAD_CERTIFICATE, Reason.UNUSABLE_KEY),
    NO_RAW_KEY(CERTIFICATE_REQUIRED, Reason.NOT_ONE_CERTIFICATE);

    private final int refusal;
    private final Reason reason;

    Shown(int refusal, Reason reason) {
      this.refusal = refusal;
      this.reason = reason;
    }

    void by(Impostor impostor, QuicSslContext context, Forger victim) throws Exception {
      Forger own = new Forger();
      EndpointId id = victim.secret.id();
      switch (this) {
        case CERTIFICATE ->
            impostor.showCertificate(context, victim.withHostKey().forge(), ecdsa(victim.keys.getPrivate()));
        case STOLEN_CERTIFICATE ->
            impostor.showCertificate(context, victim.withHostKey().forge(), ecdsa(own.keys.getPrivate()));
        case UNSIGNED_CERTIFICATE ->
            impostor.showCertificate(context, victim.withHostKey().forge(), message -> NO_SIGNATURE);
        case NO_CERTIFICATE -> impostor.showNothing(context);
        case RAW_KEY -> impostor.showRawKey(context, info(id.toByteArray()), ed25519(victim.secret));
        case STOLEN_RAW_KEY -> impostor.showRawKey(context, info(id.toByteArray()), ed25519(own.secret));
        case UNSIGNED_RAW_KEY -> impostor.showRawKey(context, info(id.toByteArray()), message -> NO_SIGNATURE);
        case NEUTRAL_RAW_KEY -> impostor.showRawKey(context, info(NEUTRAL), message -> UNIVERSAL);
        case ECDSA_RAW_KEY -> impostor.showRawKey(context, own.spki(), ecdsa(own.keys.getPrivate()));
        case NO_RAW_KEY -> impostor.showNoRawKey(context);
      }
    }

    private static byte[] info(byte[] key) {
      return Hex.decode(ED25519 + Hex.encode(key));
    }

    private static Impostor.Signer ed25519(EndpointSecret secret) {
      return message -> secret.sign(message).toByteArray();
    }

    private static Impostor.Signer ecdsa(PrivateKey key) {
      return message -> {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
      };
    }
  }

  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private final Impostor impostor = new Impostor();
  private final Forger victim = new Forger();
  private final ForgedKeys unused = new ForgedKeys(victim.keys.getPrivate());

  QuicImpostorTest() throws Exception {}

  @AfterEach
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE,auto", "CERTIFICATE,x509", "STOLEN_CERTIFICATE,auto", "STOLEN_CERTIFICATE,x509",
    "UNSIGNED_CERTIFICATE,auto", "UNSIGNED_CERTIFICATE,x509",
    "NO_CERTIFICATE,auto", "NO_CERTIFICATE,x509", "RAW_KEY,auto", "RAW_KEY,raw-key", "STOLEN_RAW_KEY,auto",
    "STOLEN_RAW_KEY,raw-key", "UNSIGNED_RAW_KEY,auto", "UNSIGNED_RAW_KEY,raw-key", "NEUTRAL_RAW_KEY,auto",
    "NEUTRAL_RAW_KEY,raw-key", "ECDSA_RAW_KEY,auto", "NO_RAW_KEY,auto", "NO_RAW_KEY,raw-key"
  })
  void when_anImpostorDialsUs_then_itHearsOurRefusalAndTheLogSaysWhy(Shown shown, String identity) throws Exception {
    Endpoint server = nodes.bind("identity=" + identity);
    server.accept(ECHO, accepted::add);
    InetSocketAddress address = server.addr().ipAddresses().get(0);
    try (BareClient client = new BareClient(unused); Refusals refusals = new Refusals()) {
      shown.by(impostor, client.context(), victim);
      if (shown.refusal == 0) {
        client.dial(address, true).sync();
        assertEquals(victim.secret.id(), take(accepted).remoteId());
        return;
      }
      assertEquals(shown.refusal, client.refusal(address));
      refusals.await(shown.reason);
      // Who comes later is served, and before it nobody was.
      Endpoint honest = nodes.bind();
      await(honest.connect(server.addr(), ECHO));
      assertEquals(honest.id(), take(accepted).remoteId());
      assertTrue(accepted.isEmpty());
    }
  }

  /** A server that has nothing to show, or no kind of signature in common with us, ends the handshake by itself. */
  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE,x509", "STOLEN_CERTIFICATE,x509", "STOLEN_CERTIFICATE,auto", "UNSIGNED_CERTIFICATE,x509",
    "RAW_KEY,raw-key", "STOLEN_RAW_KEY,raw-key", "STOLEN_RAW_KEY,auto", "UNSIGNED_RAW_KEY,raw-key"
  })
  void when_weDialAnImpostor_then_weSayWhatIsWrong(Shown shown, String identity) throws Exception {
    assertDialled(shown, identity, victim.secret.id());
  }

  @Test
  void when_weDialAKeyInWhoseNameAnybodyCanSign_then_weSaySo() throws Exception {
    assertDialled(Shown.NEUTRAL_RAW_KEY, "raw-key", EndpointId.of(NEUTRAL));
  }

  private void assertDialled(Shown shown, String identity, EndpointId id) throws Exception {
    QuicSslContext context = BareServer.context(unused);
    shown.by(impostor, context, victim);
    Endpoint client = nodes.bind("identity=" + identity);
    try (BareServer server = new BareServer(context)) {
      if (shown.refusal == 0) {
        assertEquals(id, await(client.connect(server.as(id), ECHO)).remoteId());
      } else {
        Refusals.assertRefused(shown.reason, client.connect(server.as(id), ECHO));
      }
    }
  }

  /** Each proves to be somebody, but not whom the other wanted; who was dialled learns that it was refused. */
  @ParameterizedTest
  @CsvSource({"RAW_KEY,raw-key", "CERTIFICATE,x509"})
  void when_aGoodPeerIsDialledAsAnother_then_theDiallerSaysSoAndTheOtherServesNobody(Shown shown, String identity)
      throws Exception {
    Endpoint server = nodes.bind("identity=" + identity);
    server.accept(ECHO, accepted::add);
    Endpoint client = nodes.bind("identity=" + identity);
    EndpointAddr wrong = EndpointAddr.of(victim.secret.id(), server.addr().ipAddresses());
    try (Refusals refusals = new Refusals()) {
      Refusals.assertRefused(shown.reason, client.connect(wrong, ECHO));
      refusals.await("it refused the connection with code");
    }
    await(client.connect(server.addr(), ECHO));
    assertEquals(client.id(), take(accepted).remoteId());
    assertTrue(accepted.isEmpty());
  }
}
