package org.docs4j.transport.quic;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.model.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the packet that closes a connection. The library sends it once and forgets the connection at once; where it
 * is lost the peer would wait until it times out. Stands between the codecs and the socket; confined to the event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: a packet that may be lost, and timers that send it.
final class Farewell extends ChannelOutboundHandlerAdapter {
  /** When it is sent again, after the first time. */
  static final long FIRST_MILLIS = 20;

  /** When it has been sent for the last time. */
  static final long LAST_MILLIS = 420;

  /** More than any congestion window of this transport holds. */
  private static final int MOST_PACKETS = 1 << 14;

  private static final long[] REPEATS_MILLIS = {FIRST_MILLIS, 80, LAST_MILLIS - FIRST_MILLIS - 80};

  /** A packet outside of any pool: the timers that hold it may be dropped with the event loop. */
  private record Packet(Bytes bytes, InetSocketAddress recipient) {}

  private @Nullable ChannelHandlerContext context;
  private @Nullable Packet last;
  private boolean recording;
  private int packetsLeft;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (recording
        && message instanceof DatagramPacket packet
        && !(packet instanceof SegmentedDatagramPacket)
        && packet.content().isReadable()) {
      last = new Packet(Bytes.of(ByteBufUtil.getBytes(packet.content())), packet.recipient());
    }
    ctx.write(message, promise);
  }

  /** Does what closes a connection; the last packet that it sends is sent some more times. */
  void close(Runnable closing) {
    recording = true;
    packetsLeft = MOST_PACKETS;
    try {
      closing.run();
    } finally {
      recording = false;
    }
    Packet packet = last;
    last = null;
    if (packet != null && context != null) {
      repeat(context, packet, 0);
    }
  }

  /**
   * Called for each packet that the library makes.
   *
   * @throws IllegalStateException if they are too many for the end of a connection; the library then gives the
   *     connection up, and the peer learns of it by its time-out only
   */
  void madePacket() {
    if (recording && --packetsLeft < 0) {
      throw new IllegalStateException("the library would send without end, see Confirmation");
    }
  }

  private static void repeat(ChannelHandlerContext ctx, Packet packet, int times) {
    if (times == REPEATS_MILLIS.length || !ctx.channel().isActive()) {
      return;
    }
    ctx.executor()
        .schedule(
            () -> {
              ctx.writeAndFlush(
                  new DatagramPacket(Unpooled.wrappedBuffer(packet.bytes().toByteArray()), packet.recipient()));
              repeat(ctx, packet, times + 1);
            },
            REPEATS_MILLIS[times],
            TimeUnit.MILLISECONDS);
  }
}
