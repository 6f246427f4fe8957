package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.PeerIdentityException.Reason;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers whose certificates break a rule, over the wire: they dial us, and we dial them. */
class QuicViolationsTest {
  // What Netty makes of every refusal: an alert of TLS (RFC 8446, section 6) as a transport error (RFC 9001, section 4.8).
  private static final int INTERNAL_ERROR = 0x100 + 80;

  /** What is wrong, and with which reason we refuse it; if nothing is, that it is another peer. */
  enum Violation {
    NOTHING(Reason.ANOTHER_PEER),
    TWO_CERTIFICATES(Reason.NOT_ONE_CERTIFICATE),
    EXPIRED(Reason.NOT_VALID_NOW),
    SIGNED_BY_ANOTHER(Reason.BAD_SELF_SIGNATURE),
    CRITICAL_EXTENSION(Reason.UNKNOWN_CRITICAL_EXTENSION),
    NO_ENDPOINT_KEY(Reason.NOT_ONE_HOST_KEY),
    FOREIGN_ENDPOINT_KEY(Reason.BAD_HOST_SIGNATURE);

    private final Reason reason;

    Violation(Reason reason) {
      this.reason = reason;
    }

    ForgedKeys keys(Forger forger) throws Exception {
      byte[][] chain =
          switch (this) {
            case NOTHING -> new byte[][] {forger.withHostKey().forge()};
            case TWO_CERTIFICATES -> {
              byte[] good = forger.withHostKey().forge();
              yield new byte[][] {good, good};
            }
            case EXPIRED -> {
              forger.end = Forger.time("200101000000Z");
              yield new byte[][] {forger.withHostKey().forge()};
            }
            case SIGNED_BY_ANOTHER -> {
              forger.signingKeys = Forger.keys("EC", "secp256r1");
              yield new byte[][] {forger.withHostKey().forge()};
            }
            case CRITICAL_EXTENSION ->
                new byte[][] {forger.withHostKey().with(Forger.unknownExtension(true)).forge()};
            case NO_ENDPOINT_KEY -> new byte[][] {forger.with(Forger.unknownExtension(false)).forge()};
            case FOREIGN_ENDPOINT_KEY -> new byte[][] {forger.withHostKeyFor(new Forger().spki()).forge()};
          };
      return new ForgedKeys(forger.keys.getPrivate(), chain);
    }
  }

  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private final Forger forger;

  QuicViolationsTest() throws Exception {
    forger = new Forger();
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @EnumSource
  void when_aForgerDialsUs_then_itHearsOurRefusalAndTheLogSaysWhy(Violation violation) throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    try (BareClient client = new BareClient(violation.keys(forger)); Refusals refusals = new Refusals()) {
      InetSocketAddress address = server.addr().ipAddresses().get(0);
      if (violation == Violation.NOTHING) {
        client.dial(address, true).sync();
        assertEquals(forger.secret.id(), take(accepted).remoteId());
        return;
      }
      assertEquals(INTERNAL_ERROR, client.refusal(address));
      refusals.await(violation.reason);
      // Who comes later is served, and before it nobody was.
      Endpoint honest = nodes.bind();
      await(honest.connect(server.addr(), ECHO));
      assertEquals(honest.id(), take(accepted).remoteId());
      assertTrue(accepted.isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void when_weDialAForger_then_weSayWhatIsWrong(Violation violation) throws Exception {
    Endpoint client = nodes.bind("identity=x509");
    try (BareServer server = new BareServer(BareServer.context(violation.keys(forger)))) {
      EndpointAddr address = server.as(forger.secret.id());
      if (violation == Violation.NOTHING) {
        assertEquals(forger.secret.id(), await(client.connect(address, ECHO)).remoteId());
      } else {
        Refusals.assertRefused(violation.reason, client.connect(address, ECHO));
      }
    }
  }

  @Test
  void when_weDialAnotherPeerWithAGoodCertificate_then_weSaySo() throws Exception {
    try (BareServer server = new BareServer(BareServer.context(Violation.NOTHING.keys(forger)))) {
      EndpointAddr address = server.as(new Forger().secret.id());
      Endpoint client = nodes.bind("identity=x509");
      Refusals.assertRefused(Reason.ANOTHER_PEER, client.connect(address, ECHO));
    }
  }
}
