package org.docs4j.transport.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;

/** A server of the library alone, which takes everybody. */
final class BareServer implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel socket;

  /** A context which shows what a test wants. */
  static QuicSslContext context(KeyManager keys) {
    return QuicSslContextBuilder.forServer(keys, null)
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .clientAuth(ClientAuth.REQUIRE)
        .applicationProtocols(Nodes.ECHO.name())
        .build();
  }

  BareServer(QuicSslContext context) throws InterruptedException {
    socket =
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
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.localAddress();
  }

  /** With the id under which it is dialled. */
  EndpointAddr as(EndpointId id) {
    return EndpointAddr.of(id, List.of(address()));
  }

  /** For all connections and streams. */
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
