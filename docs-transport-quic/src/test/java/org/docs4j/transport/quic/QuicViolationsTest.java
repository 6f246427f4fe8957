package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers whose certificates break a rule, over the wire: they dial us, and we dial them. */
class QuicViolationsTest {
  /** What is wrong, and the words for it. */
  enum Violation {
    NOTHING(""),
    NO_CERTIFICATE(""),
    TWO_CERTIFICATES("exactly one certificate"),
    EXPIRED("not valid at this time"),
    SIGNED_BY_ANOTHER("not signed by itself"),
    CRITICAL_EXTENSION("another critical extension"),
    NO_ENDPOINT_KEY("exactly one endpoint key"),
    FOREIGN_ENDPOINT_KEY("did not sign its certificate");

    private final String words;

    Violation(String words) {
      this.words = words;
    }

    ForgedKeys keys(Forger forger) throws Exception {
      byte[][] chain =
          switch (this) {
            case NOTHING -> new byte[][] {forger.withHostKey().forge()};
            case NO_CERTIFICATE -> new byte[][] {};
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
  private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private final Forger forger;

  QuicViolationsTest() throws Exception {
    forger = new Forger();
  }

  @AfterEach
  void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    nodes.close();
  }

  @ParameterizedTest
  @EnumSource
  void when_aForgerDialsUs_then_itGetsNoConnection(Violation violation) throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    try (BareClient client = new BareClient(violation.keys(forger))) {
      Future<QuicChannel> dialled = client.dial(server.addr().ipAddresses().get(0), true).await();
      if (violation == Violation.NOTHING) {
        assertEquals(forger.secret.id(), take(accepted).remoteId());
        return;
      }
      // In TLS 1.3 a client is done before its certificate is judged.
      if (dialled.isSuccess()) {
        assertTrue(dialled.getNow().closeFuture().await(5, TimeUnit.SECONDS));
      }
      // Who comes later is served, and before it nobody was.
      Endpoint honest = nodes.bind();
      await(honest.connect(server.addr(), ECHO));
      assertEquals(honest.id(), take(accepted).remoteId());
      assertTrue(accepted.isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_CERTIFICATE")
  void when_weDialAForger_then_weSayWhatIsWrong(Violation violation) throws Exception {
    EndpointAddr address = serve(violation.keys(forger), forger.secret.id());
    Endpoint client = nodes.bind("identity=x509");
    if (violation == Violation.NOTHING) {
      assertEquals(forger.secret.id(), await(client.connect(address, ECHO)).remoteId());
    } else {
      Throwable why = failure(client.connect(address, ECHO));
      assertTrue(why.getMessage().contains(violation.words), why::toString);
    }
  }

  @Test
  void when_weDialAnotherPeerWithAGoodCertificate_then_weSaySo() throws Exception {
    EndpointAddr address = serve(Violation.NOTHING.keys(forger), new Forger().secret.id());
    Throwable why = failure(nodes.bind("identity=x509").connect(address, ECHO));
    assertTrue(why.getMessage().contains("another peer than the one that was dialled"), why::toString);
  }

  @Test
  void when_aPeerShowsACertificateWhoseKeyItDoesNotHave_then_itGetsNoConnection() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    byte[] stolen = forger.withHostKey().forge();
    try (BareClient client = new BareClient(new ForgedKeys(new Forger().keys.getPrivate(), stolen))) {
      Future<QuicChannel> dialled = client.dial(server.addr().ipAddresses().get(0), true).await();
      assertFalse(dialled.isSuccess() && !dialled.getNow().closeFuture().await(5, TimeUnit.SECONDS));
      Endpoint honest = nodes.bind();
      await(honest.connect(server.addr(), ECHO));
      assertEquals(honest.id(), take(accepted).remoteId());
    }
  }

  /** For all connections and streams. */
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }
  }

  /** A server of the library alone, which takes everybody; the id is the one under which it is dialled. */
  private EndpointAddr serve(ForgedKeys keys, EndpointId id) throws Exception {
    QuicSslContext context =
        QuicSslContextBuilder.forServer(keys, null)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .clientAuth(ClientAuth.REQUIRE)
            .applicationProtocols(ECHO.name())
            .build();
    Channel socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new QuicServerCodecBuilder()
                    .sslContext(context)
                    .maxIdleTimeout(5, TimeUnit.SECONDS)
                    .initialMaxData(100_000)
                    .handler(new Nothing())
                    .streamHandler(new Nothing())
                    .build())
            .bind(Nodes.loopback(0))
            .sync()
            .channel();
    return EndpointAddr.of(id, List.of((InetSocketAddress) socket.localAddress()));
  }
}
