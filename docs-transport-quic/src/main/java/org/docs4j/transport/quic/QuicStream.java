package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.BidiStream;
import org.jspecify.annotations.Nullable;

/**
 * One stream: hands what happens on it to its two halves. Its methods run on the event loop.
 *
 * <p>The number of a stream tells that those with lower numbers have been opened too, although the packets that speak
 * of them may be late: such a stream is there for who accepts it, and gets its channel later.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicStream extends ChannelInboundHandlerAdapter {
  private final QuicConnection connection;
  private final boolean local;
  private final QuicSendStream send;
  private final QuicReceiveStream receive;
  private final List<Consumer<QuicStreamChannel>> waiting = new ArrayList<>();
  private @Nullable QuicStreamChannel channel;
  private boolean over;

  QuicStream(QuicConnection connection, QuicStreamType type, boolean local) {
    this.connection = connection;
    this.local = local;
    boolean both = type == QuicStreamType.BIDIRECTIONAL;
    this.send = new QuicSendStream(this, both || local);
    this.receive = new QuicReceiveStream(this, both || !local);
  }

  /** What every stream needs before it is registered: it is read only when asked. */
  static void configure(QuicStreamChannel stream) {
    stream.config().setAutoRead(false);
  }

  /** Whether this side opened it. */
  boolean isLocal() {
    return local;
  }

  QuicConnection connection() {
    return connection;
  }

  /** Gives the stream its channel, and does what has been waiting for it. */
  void attach(QuicStreamChannel opened) {
    channel = opened;
    opened.config().setRecvByteBufAllocator(new Portions(receive::portion));
    opened.pipeline().addLast(this);
    waiting.forEach(action -> action.accept(opened));
    waiting.clear();
  }

  /** Does something with the channel, as soon as there is one. */
  void onChannel(Consumer<QuicStreamChannel> action) {
    if (channel == null) {
      waiting.add(action);
    } else {
      action.accept(channel);
    }
  }

  BidiStream bidi() {
    return new BidiStream(send, receive);
  }

  QuicSendStream send() {
    return send;
  }

  QuicReceiveStream receive() {
    return receive;
  }

  /** Runs the task on the event loop, after those that are there already. */
  void later(Runnable task) {
    connection.later(task);
  }

  /** Runs the task when the datagrams that came together have been looked at. */
  void afterDatagrams(Runnable task) {
    connection.afterDatagrams(task);
  }

  /** Runs the task on the event loop; {@code otherwise} if the endpoint is closed and there is none any more. */
  void run(Runnable task, Runnable otherwise) {
    connection.run(task, otherwise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      receive.arrived((ByteBuf) message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownReadComplete) {
      receive.finished();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof QuicStreamResetException reset) {
      receive.failed(new StreamResetException(reset.applicationProtocolCode()));
    } else {
      receive.failed(new TransportException("a stream failed: " + cause.getMessage(), cause));
    }
  }

  void connectionEnded(TransportException failure) {
    send.connectionEnded(failure);
    receive.connectionEnded(failure);
  }

  /** Ends both directions: nobody has the stream. */
  void giveUp() {
    end(0);
  }

  /** Ends both directions of a stream that the peer opened: there is no place for it. */
  void refuse() {
    end(Codes.NO_PLACE);
  }

  private void end(long code) {
    send.reset(code);
    receive.stop(code);
  }

  /** Called by each half when it is over; when both are, the stream is let go. */
  void halfOver() {
    if (send.isOver() && receive.isOver() && !over) {
      over = true;
      connection.remove(this, receive.endedInOrder());
      onChannel(
          opened -> {
            if (send.isReset()) {
              connection.resetStreams().closeLater(opened);
            } else {
              opened.close();
            }
          });
    }
  }
}
