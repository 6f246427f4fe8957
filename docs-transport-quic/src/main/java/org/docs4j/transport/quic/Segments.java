package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import java.net.InetSocketAddress;

/**
 * Hands many datagrams of one connection to the kernel as one. The allocator that comes with the library does the same,
 * but its module does not read the one that it needs.
 */
final class Segments implements SegmentedDatagramPacketAllocator {
  /** As many datagrams of 1452 bytes as fit into 64 KiB. */
  private static final int MOST = 44;

  @Override
  public int maxNumSegments() {
    return MOST;
  }

  @Override
  public DatagramPacket newPacket(ByteBuf buffer, int segmentSize, InetSocketAddress remoteAddress) {
    return new SegmentedDatagramPacket(buffer, segmentSize, remoteAddress);
  }
}
