package org.docs4j.transport.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import org.docs4j.api.wire.Hex;

/** The library without us, dialling from many ports; shows whatever certificate a test wants. */
final class BareClient implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CloseCodes codes = new CloseCodes();
  private final LinkedBlockingQueue<String> secrets = new LinkedBlockingQueue<>();
  private final Optional<String> serverName;
  private final QuicSslContext context;

  BareClient(KeyManager keys) {
    this(keys, Optional.empty());
  }

  /** A client that says whom it wants (RFC 6066, section 3), or does not. */
  BareClient(KeyManager keys, Optional<String> serverName) {
    this.serverName = serverName;
    context =
        QuicSslContextBuilder.forClient()
            .keyManager(keys, null)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .applicationProtocols(Nodes.ECHO.name())
            .keylog((engine, line) -> secrets.add(line))
            .build();
  }

  /** What it proves itself with, to be changed before it dials. */
  QuicSslContext context() {
    return context;
  }

  /** Begins to dial from a new port. Who does not listen never learns that the server has answered. */
  Future<QuicChannel> dial(InetSocketAddress server, boolean listen) throws InterruptedException {
    Channel socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.AUTO_READ, listen)
            .handler(
                new QuicClientCodecBuilder()
                    .sslEngineProvider(
                        channel ->
                            serverName
                                .map(name -> context.newEngine(channel.alloc(), name, server.getPort()))
                                .orElseGet(() -> context.newEngine(channel.alloc())))
                    .maxIdleTimeout(20, TimeUnit.SECONDS)
                    .initialMaxData(100_000)
                    .build())
            .bind(Nodes.loopback(0))
            .sync()
            .channel();
    return QuicChannel.newBootstrap(socket)
        .remoteAddress(server)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .handler(codes)
        .streamHandler(new ChannelInboundHandlerAdapter())
        .connect();
  }

  /**
   * Dials a server that refuses it, and returns the transport error which that gives as its reason. In TLS 1.3 a client
   * is done before its identity is judged: the dial may have succeeded.
   */
  int refusal(InetSocketAddress server) throws InterruptedException {
    codes.dialled(dial(server, true).await());
    return codes.take();
  }

  /** The transport error with which a server ends a connection. */
  int closed() throws InterruptedException {
    return codes.take();
  }

  /** The secret that protects what it sends on the one connection that it has. */
  byte[] secret() {
    String line =
        secrets.stream().filter(each -> each.startsWith("CLIENT_TRAFFIC_SECRET_0 ")).findFirst().orElseThrow();
    return Hex.decode(line.substring(line.lastIndexOf(' ') + 1));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
