package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.net.InetSocketAddress;

/**
 * Hands many datagrams of one connection to the kernel as one. The allocator that comes with the library does the same,
 * but its module does not read the one that it needs. Lets {@link Farewell} count what the library sends.
 */
final class Segments implements SegmentedDatagramPacketAllocator {
  private final int most;
  private final Farewell farewell;

  /** Makes an allocator that hands over so many datagrams at once, from 1. */
  Segments(int most, Farewell farewell) {
    this.most = most;
    this.farewell = farewell;
  }

  /** The library asks for each packet that it makes. */
  @Override
  public int maxNumSegments() {
    farewell.madePacket();
    return most;
  }

  @Override
  public DatagramPacket newPacket(ByteBuf buffer, int segmentSize, InetSocketAddress remoteAddress) {
    return new SegmentedDatagramPacket(buffer, segmentSize, remoteAddress);
  }
}
