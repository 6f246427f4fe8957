package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.util.AbstractReferenceCounted;

/**
 * Bytes that wait in the library, without a copy, until they can be sent or are taken back. The library asks for them
 * anew each time that it tries; once they were taken back it finds nothing, and no end. Confined to the event loop.
 */
final class RevocableFrame extends AbstractReferenceCounted implements QuicStreamFrame {
  private ByteBuf data;
  private boolean end;

  /** Takes over one reference to bytes that are in direct memory; the library would replace a frame with others. */
  RevocableFrame(ByteBuf data, boolean end) {
    if (!data.isDirect()) {
      throw new IllegalArgumentException("the library takes direct memory only");
    }
    this.data = data;
    this.end = end;
  }

  /** Lets go of the bytes that the library has not taken, and of the end; without effect when it has taken all. */
  void revoke() {
    ByteBuf rest = data;
    data = Unpooled.EMPTY_BUFFER;
    end = false;
    rest.release();
  }

  @Override
  protected void deallocate() {
    revoke();
  }

  @Override
  public boolean hasFin() {
    return end;
  }

  @Override
  public ByteBuf content() {
    return data;
  }

  @Override
  public QuicStreamFrame copy() {
    return replace(data.copy());
  }

  @Override
  public QuicStreamFrame duplicate() {
    return replace(data.duplicate());
  }

  @Override
  public QuicStreamFrame retainedDuplicate() {
    return replace(data.retainedDuplicate());
  }

  @Override
  public QuicStreamFrame replace(ByteBuf content) {
    return new RevocableFrame(content, end);
  }

  @Override
  public QuicStreamFrame retain() {
    super.retain();
    return this;
  }

  @Override
  public QuicStreamFrame retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public QuicStreamFrame touch() {
    return this;
  }

  @Override
  public QuicStreamFrame touch(Object hint) {
    data.touch(hint);
    return this;
  }
}
