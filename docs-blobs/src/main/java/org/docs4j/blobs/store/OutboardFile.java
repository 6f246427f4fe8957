package org.docs4j.blobs.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.docs4j.blobs.bao.BaoTree;

/**
 * The outboard of a blob in a file: the size as 8 bytes, little-endian, and the parents in pre-order. For one thread at a
 * time.
 */
final class OutboardFile implements AutoCloseable {
  private static final int HEADER_BYTES = 8;
  private static final int BLOCK_PARENTS = 64;

  private final RandomAccessFile file;
  private final byte[] block = new byte[BLOCK_PARENTS * BaoTree.PARENT_BYTES];
  private long blockStart = -1;
  private int blockLength;

  private OutboardFile(RandomAccessFile file) {
    this.file = file;
  }

  static OutboardFile read(Path path) throws IOException {
    return new OutboardFile(new RandomAccessFile(path.toFile(), "r"));
  }

  static OutboardFile write(Path path) throws IOException {
    return new OutboardFile(new RandomAccessFile(path.toFile(), "rw"));
  }

  void writeSize(long size) throws IOException {
    file.seek(0);
    file.write(ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(size).array());
  }

  void writeParent(long index, byte[] pair) throws IOException {
    file.seek(HEADER_BYTES + index * BaoTree.PARENT_BYTES);
    file.write(pair, 0, BaoTree.PARENT_BYTES);
  }

  /** Reads a parent; those that follow it are read ahead. */
  void readParent(long index, byte[] target, int start) throws IOException {
    if (blockStart < 0 || index < blockStart || index >= blockStart + blockLength) {
      file.seek(HEADER_BYTES + index * BaoTree.PARENT_BYTES);
      int filled = 0;
      int read = 0;
      while (filled < block.length && read >= 0) {
        read = file.read(block, filled, block.length - filled);
        filled += Math.max(read, 0);
      }
      blockStart = index;
      blockLength = filled / BaoTree.PARENT_BYTES;
      if (blockLength == 0) {
        throw new EOFException("the outboard ends before parent " + index);
      }
    }
    int at = (int) (index - blockStart) * BaoTree.PARENT_BYTES;
    System.arraycopy(block, at, target, start, BaoTree.PARENT_BYTES);
  }

  void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
