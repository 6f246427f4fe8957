package org.docs4j.transport.quic;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A socket with the two QUIC codecs behind it: one for connections that were accepted, one for those dialled. */
final class Wiring {
  private static final int MAX_UDP_SEND = 1452;
  private static final int MAX_UDP_RECEIVE = 1500;
  // What a peer may send before anybody reads, which is memory here. The library lets it grow for readers that keep up.
  private static final int CONNECTION_WINDOW = 1 << 20;
  private static final int STREAM_WINDOW = 512 << 10;
  private static final int DATAGRAM_QUEUE = 16;

  private final UdpSocket socket;
  private final Demultiplexer demultiplexer;
  private final Segments segments;

  private Wiring(UdpSocket socket, Demultiplexer demultiplexer, Segments segments) {
    this.socket = socket;
    this.demultiplexer = demultiplexer;
    this.segments = segments;
  }

  /** Binds the socket; what comes in goes to the acceptor. Throws as {@link UdpSocket#bind}. */
  static Wiring bind(
      InetSocketAddress address, QuicSettings settings, Identities identities, Acceptor acceptor, Farewell farewell) {
    Segments segments = new Segments(UdpSocket.segments(settings), farewell);
    ChannelHandler dialled =
        parameters(new QuicClientCodecBuilder(), settings)
            .sslEngineProvider(channel -> Dialer.begin(channel, identities))
            .build();
    ChannelHandler accepted =
        parameters(new QuicServerCodecBuilder(), settings)
            .sslEngineProvider(acceptor::begin)
            .tokenHandler(acceptor.validation())
            .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, segments)
            .handler(acceptor)
            .streamHandler(new IncomingStreams())
            .build();
    Demultiplexer demultiplexer = new Demultiplexer((ChannelInboundHandler) dialled);
    UdpSocket socket =
        UdpSocket.bind(
            address,
            settings,
            new ChannelInitializer<DatagramChannel>() {
              @Override
              protected void initChannel(DatagramChannel channel) {
                // Dialling goes through the pipeline from its end, and must meet the codec for it first.
                channel.pipeline().addLast(farewell, demultiplexer, accepted, dialled);
              }
            });
    return new Wiring(socket, demultiplexer, segments);
  }

  private static <B extends QuicCodecBuilder<B>> B parameters(B builder, QuicSettings settings) {
    return builder
        .localConnectionIdLength(Demultiplexer.ID_BYTES)
        .maxIdleTimeout(settings.idle().toMillis(), TimeUnit.MILLISECONDS)
        .maxSendUdpPayloadSize(MAX_UDP_SEND)
        .discoverPmtu(true)
        .maxRecvUdpPayloadSize(MAX_UDP_RECEIVE)
        .initialMaxData(CONNECTION_WINDOW)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW)
        .initialMaxStreamDataUnidirectional(STREAM_WINDOW)
        .initialMaxStreamsBidirectional(settings.bidiStreams())
        .initialMaxStreamsUnidirectional(settings.uniStreams())
        .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
        .datagram(DATAGRAM_QUEUE, DATAGRAM_QUEUE);
  }

  UdpSocket socket() {
    return socket;
  }

  /** Prepares to dial an address under a fresh connection id, followed by a link. On the event loop. */
  QuicChannelBootstrap dial(InetSocketAddress address, Link link, RandomGenerator random) {
    long fresh = random.nextLong();
    while (!demultiplexer.add(fresh)) {
      fresh = random.nextLong();
    }
    long id = fresh;
    return QuicChannel.newBootstrap(socket.channel())
        .remoteAddress(address)
        .localConnectionAddress(
            new QuicConnectionAddress(ByteBuffer.allocate(Demultiplexer.ID_BYTES).putLong(0, id)))
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, segments)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel channel) {
                channel.pipeline().addLast(link);
                channel.closeFuture().addListener(closed -> demultiplexer.remove(id));
              }
            })
        .streamHandler(new IncomingStreams());
  }

  /** Hands streams that a peer opens to their connection. */
  @SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
  private static final class IncomingStreams extends ChannelInitializer<QuicStreamChannel> {
    @Override
    protected void initChannel(QuicStreamChannel stream) {
      QuicStream.configure(stream);
      QuicConnection.of(stream.parent())
          .ifPresentOrElse(connection -> connection.incoming(stream), stream::close);
    }

    /** A stream may be reset already when it is read for the first time, which is in here. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.fireExceptionCaught(cause);
    }
  }
}
