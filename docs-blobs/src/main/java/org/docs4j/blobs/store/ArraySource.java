package org.docs4j.blobs.store;

import org.docs4j.api.BlobException;

/** A small blob that is in memory; it has no outboard. */
final class ArraySource implements BlobSource {
  private final byte[] content;

  ArraySource(byte[] content) {
    this.content = content;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public void data(long offset, byte[] target, int start, int length) {
    System.arraycopy(content, (int) offset, target, start, length);
  }

  @Override
  public void parent(long index, byte[] target, int start) {
    throw new BlobException("a blob of one group has no parent " + index);
  }

  @Override
  public void close() {}
}
