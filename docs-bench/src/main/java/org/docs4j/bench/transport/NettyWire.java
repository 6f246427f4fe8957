package org.docs4j.bench.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.docs4j.bench.BenchException;

/**
 * The QUIC library alone, with the settings of our transport: what the seam is measured against. It reads as fast as
 * the library can, and copies nothing.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class NettyWire implements Wire {
  private static final String PROTOCOL = "docs4j-bench/1";
  private static final int CONNECTION_WINDOW = 1 << 20;
  private static final int STREAM_WINDOW = 512 << 10;
  private static final int DATAGRAM_QUEUE = 16;
  private static final int SEGMENTS = 44;
  private static final int DATAGRAM = 65_535;
  private static final long SECONDS = 120;

  private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Channel accepting;
  private final Channel dialling;

  NettyWire() throws Exception {
    SelfSigned keys = SelfSigned.create();
    QuicSslContext server =
        QuicSslContextBuilder.forServer(keys.keyManagers(), keys.password())
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .clientAuth(ClientAuth.REQUIRE)
            .applicationProtocols(PROTOCOL)
            .build();
    QuicSslContext client =
        QuicSslContextBuilder.forClient()
            .keyManager(keys.keyManagers(), keys.password())
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .applicationProtocols(PROTOCOL)
            .build();
    accepting =
        bind(
            settings(new QuicServerCodecBuilder().sslContext(server))
                .option(
                    QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                    EpollQuicUtils.newSegmentedAllocator(SEGMENTS))
                .handler(new Nothing())
                .streamHandler(
                    new ChannelInitializer<QuicStreamChannel>() {
                      @Override
                      protected void initChannel(QuicStreamChannel stream) {
                        Answer answer = new Answer();
                        stream
                            .pipeline()
                            .addLast(
                                new Reader(
                                    answer::arrived,
                                    () -> answer.answer().thenAccept(bytes -> end(stream, bytes))));
                      }
                    })
                .build());
    dialling = bind(settings(new QuicClientCodecBuilder().sslContext(client)).build());
  }

  private static <B extends QuicCodecBuilder<B>> B settings(B builder) {
    return builder
        .maxIdleTimeout(60, TimeUnit.SECONDS)
        .maxSendUdpPayloadSize(1452)
        .discoverPmtu(true)
        .maxRecvUdpPayloadSize(1500)
        .initialMaxData(CONNECTION_WINDOW)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW)
        .initialMaxStreamDataUnidirectional(STREAM_WINDOW)
        .initialMaxStreamsBidirectional(256)
        .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
        .datagram(DATAGRAM_QUEUE, DATAGRAM_QUEUE);
  }

  private Channel bind(ChannelHandler codec) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channelFactory(() -> new EpollDatagramChannel(SocketProtocolFamily.INET))
        .option(ChannelOption.SO_RCVBUF, 4 << 20)
        .option(ChannelOption.SO_SNDBUF, 4 << 20)
        .option(EpollChannelOption.UDP_GRO, true)
        .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM).maxMessagesPerRead(64))
        .handler(codec)
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sync()
        .channel();
  }

  private static Future<Void> end(QuicStreamChannel stream, byte[] bytes) {
    return stream.writeAndFlush(new DefaultQuicStreamFrame(Unpooled.wrappedBuffer(bytes), true));
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) accepting.localAddress();
  }

  @Override
  public String identity() {
    return "anyone";
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public Link dial(String identity, InetSocketAddress address) throws Exception {
    return new NettyLink(
        await(
            QuicChannel.newBootstrap(dialling)
                .remoteAddress(address)
                .option(
                    QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                    EpollQuicUtils.newSegmentedAllocator(SEGMENTS))
                .streamHandler(new ChannelInboundHandlerAdapter())
                .connect()));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** For all connections. */
  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }
  }

  /** Takes what arrives, and says when all of it has. */
  private static final class Reader extends ChannelInboundHandlerAdapter {
    private final Consumer<ByteBuffer> sink;
    private final Runnable end;

    private Reader(Consumer<ByteBuffer> sink, Runnable end) {
      this.sink = sink;
      this.end = end;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf data = (ByteBuf) message;
      if (data.isReadable()) {
        sink.accept(data.nioBuffer());
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownReadComplete) {
        end.run();
      }
    }
  }

  private record NettyLink(QuicChannel channel) implements Link {
    private QuicStreamChannel open(CompletableFuture<byte[]> answer) throws Exception {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      Reader reader =
          new Reader(data -> all.writeBytes(Payload.copy(data)), () -> answer.complete(all.toByteArray()));
      return await(channel.createStream(QuicStreamType.BIDIRECTIONAL, reader));
    }

    @Override
    public byte[] ask(byte[] question) throws Exception {
      CompletableFuture<byte[]> answer = new CompletableFuture<>();
      end(open(answer), question);
      return answer.get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void send(int streams, long bytesEach) throws Exception {
      List<Sender> senders = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        senders.add(new Sender(open(answer), answer, new Payload(bytesEach)));
      }
      int outstanding = Math.max(1, Payload.OUTSTANDING / streams);
      for (boolean more = true; more; ) {
        more = false;
        for (Sender sender : senders) {
          more |= sender.step(outstanding);
        }
      }
      for (Sender sender : senders) {
        byte[] count = sender.answer.get(SECONDS, TimeUnit.SECONDS);
        if (count.length != Long.BYTES) {
          throw new BenchException("no count but " + count.length + " bytes");
        }
        Payload.check(ByteBuffer.wrap(count).getLong(), bytesEach);
      }
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  /** Writes to one stream, so many pieces ahead of the library. */
  private static final class Sender {
    private final QuicStreamChannel stream;
    private final CompletableFuture<byte[]> answer;
    private final Payload payload;
    private final ArrayDeque<Future<Void>> writes = new ArrayDeque<>();
    private Optional<ByteBuffer> next;

    private Sender(QuicStreamChannel stream, CompletableFuture<byte[]> answer, Payload payload) {
      this.stream = stream;
      this.answer = answer;
      this.payload = payload;
      this.next = payload.next();
    }

    private boolean step(int outstanding) throws Exception {
      if (next.isEmpty()) {
        return false;
      }
      if (writes.size() == outstanding) {
        await(writes.remove());
      }
      ByteBuf piece = Unpooled.wrappedBuffer(next.get());
      next = payload.next();
      writes.add(stream.writeAndFlush(new DefaultQuicStreamFrame(piece, next.isEmpty())));
      return next.isPresent();
    }
  }
}
