package org.docs4j.transport.quic;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.function.IntSupplier;

/** Lets a stream say each time how many bytes the library shall hand over for one read. */
final class Portions extends DefaultMaxMessagesRecvByteBufAllocator {
  private final IntSupplier next;

  Portions(IntSupplier next) {
    super(1);
    this.next = next;
  }

  @Override
  @SuppressWarnings("deprecation") // Justification: the type that Netty asks for.
  public RecvByteBufAllocator.Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return next.getAsInt();
      }
    };
  }
}
