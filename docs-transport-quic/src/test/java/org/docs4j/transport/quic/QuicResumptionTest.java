package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.transport.quic.rawkey.RawKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that keeps its sessions, as some peers do, against an endpoint. */
class QuicResumptionTest {
  private final Nodes nodes = new Nodes();
  private final EndpointSecret secret = EndpointSecret.random(nodes.environment().random());
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger checked = new AtomicInteger();
  private final LinkedBlockingQueue<Object> streams = new LinkedBlockingQueue<>();
  private final QuicSslContext context =
      QuicSslContextBuilder.forClient()
          .keyManager(
              new X509KeyManager(
                  X509Certificates.issue(secret, EnvironmentRandom.of(nodes.environment().random()))),
              null)
          .trustManager(new Counting())
          .endpointIdentificationAlgorithm("")
          .earlyData(true)
          .applicationProtocols(ECHO.name())
          .build();
  private RawKeys keys;
  private Channel socket;

  @BeforeEach
  void open() throws Exception {
    keys = RawKeys.of(secret.toByteArray(), (engine, key) -> true);
    socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new QuicClientCodecBuilder()
                    .sslEngineProvider(channel -> context.newEngine(channel.alloc(), "peer.test", 4433))
                    .initialMaxData(100_000)
                    .initialMaxStreamDataUnidirectional(10_000)
                    .initialMaxStreamsUnidirectional(10)
                    .build())
            .bind(Nodes.loopback(0))
            .sync()
            .channel();
  }

  @AfterEach
  void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({"auto,X509", "x509,X509", "auto,RAW_KEY", "raw-key,RAW_KEY"})
  void when_aPeerShowsAnOldSession_then_itMustProveItsIdentityAgain(String identity, IdentityKind kind)
      throws Exception {
    if (kind == IdentityKind.RAW_KEY) {
      keys.dial(context);
    }
    Endpoint server = nodes.bind("identity=" + identity);
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    for (int i = 0; i < 3; i++) {
      QuicChannel channel =
          QuicChannel.newBootstrap(socket)
              .remoteAddress(server.addr().ipAddresses().get(0))
              .streamHandler(new Streams())
              .connect()
              .sync()
              .getNow();
      Connection connection = take(accepted);
      assertEquals(secret.id(), connection.remoteId());
      // What comes on a stream comes after the ticket.
      SendStream stream = await(connection.openUni());
      await(stream.write(text("after the ticket")));
      take(streams);
      channel.close().sync();
    }
  }

  /** With a server that hands out tickets and takes them. */
  @Test
  void when_weDialAServerThatResumesSessions_then_itMustProveItsIdentityEachTime() throws Exception {
    Forger forger = new Forger();
    try (BareServer server =
        new BareServer(BareServer.context(new ForgedKeys(forger.keys.getPrivate(), forger.withHostKey().forge())))) {
      Endpoint client = nodes.bind("identity=x509");
      EndpointAddr address = server.as(forger.secret.id());
      // That it does so: a client that keeps its sessions is not shown the certificate each time.
      Nodes.until(() -> isResumed(server.address()));
      for (int i = 0; i < 3; i++) {
        Connection connection = await(client.connect(address, ECHO));
        assertEquals(forger.secret.id(), connection.remoteId());
      }
    }
  }

  private boolean isResumed(InetSocketAddress server) {
    int before = checked.get();
    QuicChannel.newBootstrap(socket)
        .remoteAddress(server)
        .streamHandler(new Streams())
        .connect()
        .syncUninterruptibly();
    return checked.get() == before;
  }

  /** Takes every certificate. */
  private final class Counting implements javax.net.ssl.X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("it only dials");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      checked.incrementAndGet();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private final class Streams extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      streams.add(ctx.channel());
    }
  }
}
