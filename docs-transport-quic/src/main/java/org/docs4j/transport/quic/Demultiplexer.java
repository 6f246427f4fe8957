package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;

/**
 * Shares one socket between the codec of connections that were dialled and the codec of those that were accepted.
 *
 * <p>A datagram belongs to the first if its destination is a connection id that a dialler of this endpoint chose, and
 * to the second otherwise. Stands in front of both codecs; confined to the event loop.
 */
final class Demultiplexer extends ChannelInboundHandlerAdapter {
  /** Bytes in each connection id of this endpoint. */
  static final int ID_BYTES = Long.BYTES;

  private static final int LONG_HEADER = 0x80;
  private static final int SHORT_ID_OFFSET = 1;
  private static final int LONG_LENGTH_OFFSET = 5;
  private static final int LONG_ID_OFFSET = 6;

  private final ChannelInboundHandler dialledCodec;
  private final LongObjectMap<Boolean> dialled = new LongObjectHashMap<>();
  private final Batch batch = new Batch();

  Demultiplexer(ChannelInboundHandler dialledCodec) {
    this.dialledCodec = dialledCodec;
  }

  /** From now on datagrams to this id belong to a connection that was dialled; false if it is taken. */
  boolean add(long id) {
    return dialled.putIfAbsent(id, Boolean.TRUE) == null;
  }

  void remove(long id) {
    dialled.remove(id);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    batch.attach(ctx.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    batch.begin();
    DatagramPacket packet = (DatagramPacket) message;
    if (!packet.content().isReadable()) {
      packet.release();
    } else if (isDialled(packet.content())) {
      dialledCodec.channelRead(ctx.pipeline().context(dialledCodec), packet);
    } else {
      ctx.fireChannelRead(packet);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    // What streams take now lets windows grow; the codecs tell the peers in the packets that they send next.
    batch.run();
    try {
      dialledCodec.channelReadComplete(ctx.pipeline().context(dialledCodec));
      ctx.fireChannelReadComplete();
    } finally {
      batch.end();
    }
  }

  /** Looks at the destination only (RFC 9000, sections 17.2 and 17.3); both codecs drop what they cannot read. */
  private boolean isDialled(ByteBuf packet) {
    int start = packet.readerIndex();
    int bytes = packet.readableBytes();
    if ((packet.getByte(start) & LONG_HEADER) == 0) {
      return bytes >= SHORT_ID_OFFSET + ID_BYTES && dialled.containsKey(packet.getLong(start + SHORT_ID_OFFSET));
    }
    return bytes >= LONG_ID_OFFSET + ID_BYTES
        && packet.getUnsignedByte(start + LONG_LENGTH_OFFSET) == ID_BYTES
        && dialled.containsKey(packet.getLong(start + LONG_ID_OFFSET));
  }
}
