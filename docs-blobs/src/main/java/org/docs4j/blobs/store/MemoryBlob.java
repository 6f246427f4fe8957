package org.docs4j.blobs.store;

/**
 * A blob in memory, complete or as far as it came.
 *
 * @param size in bytes; what a peer claimed while the blob is partial
 * @param data from the beginning
 * @param outboard parents in pre-order
 */
record MemoryBlob(long size, Segments data, Segments outboard) implements BlobSource {
  MemoryBlob(long size, MemoryRoom room) {
    this(size, new Segments(room), new Segments(room));
  }

  @Override
  public void data(long offset, byte[] target, int start, int length) {
    data.read(offset, target, start, length);
  }

  @Override
  public void parent(long index, byte[] target, int start) {
    outboard.read(index * 64, target, start, 64);
  }

  @Override
  public void close() {}

  void giveBack() {
    data.giveBack();
    outboard.giveBack();
  }
}
