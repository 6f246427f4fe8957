package org.docs4j.transport.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** The transport errors with which the other sides of the connections of a test end them. */
final class CloseCodes extends ChannelInboundHandlerAdapter {
  private final LinkedBlockingQueue<Integer> codes = new LinkedBlockingQueue<>();

  @Override
  public boolean isSharable() {
    return true;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof QuicConnectionCloseEvent close) {
      add(close);
    }
  }

  /** A dial is over: the reason of one that failed is in its exception. */
  void dialled(Future<?> dialled) {
    if (dialled.cause() instanceof QuicClosedChannelException closed && closed.event() != null) {
      add(closed.event());
    }
  }

  private void add(QuicConnectionCloseEvent close) {
    if (!close.isApplicationClose()) {
      codes.add(close.error());
    }
  }

  /** Waits for the next. */
  int take() throws InterruptedException {
    return Nodes.take(codes);
  }
}
