package org.docs4j.transport.quic.disco;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Ticker;
import org.jspecify.annotations.Nullable;

/** Takes the datagrams of disco out of what a socket receives, and sends Pings before peers are dialled. On the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: datagrams that may be lost, and a timer that sends one.
public final class DiscoHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(DiscoHandler.class.getName());

  /** After which time without an answer a peer that did without a Ping gets one; QUIC's first repetition comes later. */
  private static final long SECOND_THOUGHTS_MILLIS = 500;

  private final Disco disco;
  private final Ticker ticker;
  private @Nullable ChannelHandlerContext context;

  /** Speaks with the key of an endpoint. */
  public DiscoHandler(EndpointSecret secret, Environment environment) {
    this.disco = new Disco(secret, environment.random());
    this.ticker = environment.ticker();
  }

  /** Loads the code for a first Ping and a first Pong. In any thread. */
  public static void warmUp(Environment environment) {
    Disco.warmUp(environment.random());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    if (!isDisco(packet.content())) {
      ctx.fireChannelRead(packet);
      return;
    }
    try {
      disco.take(packet.content().nioBuffer(), packet.sender(), ticker.nanos())
          .ifPresent(pong -> send(ctx, pong, packet.sender()));
    } finally {
      packet.release();
    }
  }

  /** By the first bytes, which a packet of QUIC has for one in 2^40 connection ids. */
  private static boolean isDisco(ByteBuf datagram) {
    int start = datagram.readerIndex();
    return datagram.readableBytes() >= Disco.MAGIC_BYTES
        && datagram.getInt(start) == Disco.MAGIC_INT
        && datagram.getUnsignedShort(start + Integer.BYTES) == Disco.MAGIC_SHORT;
  }

  private static void send(ChannelHandlerContext ctx, byte[] datagram, InetSocketAddress target) {
    ctx.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), target));
  }

  /** A peer is about to be dialled: sends it a Ping, unless it is known to do without. */
  public void beforeDial(EndpointId peer, InetSocketAddress address) {
    if (disco.mayWant(peer)) {
      ping(peer, address);
    }
  }

  /** A peer is being dialled: sends it a Ping after a while without an answer, unless it was sent one before. */
  public void whileDialling(EndpointId peer, InetSocketAddress address, BooleanSupplier answered) {
    if (context != null && !disco.mayWant(peer)) {
      context
          .executor()
          .schedule(
              () -> {
                if (!answered.getAsBoolean()) {
                  ping(peer, address);
                }
              },
              SECOND_THOUGHTS_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  private void ping(EndpointId peer, InetSocketAddress address) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      disco.ping(peer).ifPresent(ping -> send(ctx, ping, address));
    }
  }

  /** A peer that was dialled has proved who it is. */
  public void met(EndpointId peer) {
    disco.met(peer);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    LOG.log(System.Logger.Level.DEBUG, "disco: {0}", disco.counts());
  }
}
