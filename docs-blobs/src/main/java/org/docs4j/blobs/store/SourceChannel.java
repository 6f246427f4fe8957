package org.docs4j.blobs.store;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A complete blob as a read-only channel. For one thread at a time. */
final class SourceChannel implements SeekableByteChannel {
  private static final int COPY_BYTES = 16 << 10;

  private final BlobSource source;
  private long position;
  private boolean open = true;

  SourceChannel(BlobSource source) {
    this.source = source;
  }

  @Override
  public int read(ByteBuffer target) throws ClosedChannelException {
    checkOpen();
    if (position >= source.size()) {
      return target.hasRemaining() ? -1 : 0;
    }
    int length = (int) Math.min(target.remaining(), source.size() - position);
    if (target.hasArray()) {
      source.data(position, target.array(), target.arrayOffset() + target.position(), length);
      target.position(target.position() + length);
    } else {
      length = Math.min(length, COPY_BYTES);
      byte[] copy = new byte[length];
      source.data(position, copy, 0, length);
      target.put(copy);
    }
    position += length;
    return length;
  }

  @Override
  public long position() throws ClosedChannelException {
    checkOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    checkOpen();
    return source.size();
  }

  @Override
  public int write(ByteBuffer data) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    source.close();
  }

  private void checkOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
