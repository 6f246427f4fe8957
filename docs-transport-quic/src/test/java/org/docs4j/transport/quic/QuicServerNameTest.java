package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.transport.quic.rawkey.RawKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers that say in the handshake which server they want (RFC 6066, section 3), and peers that do not. */
class QuicServerNameTest {
  private static final String NAME = "peer.test";

  private final Nodes nodes = new Nodes();
  private final Forger forger = new Forger();
  private final RawKeys rawKeys;
  private final ForgedKeys keys = new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge());

  QuicServerNameTest() throws Exception {
    Quic.ensureAvailability();
    rawKeys = RawKeys.of(forger.secret.toByteArray(), (engine, key) -> true);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({"X509," + NAME, "X509,", "RAW_KEY," + NAME, "RAW_KEY,"})
  void when_aPeerNamesAServerOrNone_then_itIsServed(IdentityKind kind, @Nullable String name) throws Exception {
    Endpoint server = nodes.bind();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    try (BareClient client = new BareClient(keys, Optional.ofNullable(name))) {
      if (kind == IdentityKind.RAW_KEY) {
        rawKeys.dial(client.context());
      }
      client.dial(server.addr().ipAddresses().get(0), true).sync();
      assertEquals(forger.secret.id(), take(accepted).remoteId());
    }
  }

  /** That the test above tests something. */
  @Test
  void dial_withAName_sendsIt() throws Exception {
    LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
    QuicSslContext context = BareServer.context(keys);
    QuicSslContext choosing =
        QuicSslContextBuilder.buildForServerWithSni(
            name -> {
              names.add(name);
              return context;
            });
    try (BareServer server = new BareServer(choosing);
        BareClient client = new BareClient(keys, Optional.of(NAME))) {
      client.dial(server.address(), true).sync();
      assertEquals(NAME, take(names));
    }
  }
}
