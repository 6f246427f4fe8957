package org.docs4j.api.crypto.internal;

/**
 * The BLAKE3 tree over a span of bytes that is in memory (paper, section 2.1): the left child holds the largest power of two of chunks
 * that is smaller than all of them. Pure functions, for any thread.
 */
public final class Blake3Tree {
  /** Bytes in a hash. */
  public static final int HASH_BYTES = 32;

  /** Chunks that are hashed in one go. A power of two, so that pairing neighbours level by level gives the tree's own shape. */
  public static final int GROUP_CHUNKS = 16;

  private static final int GROUP_BYTES = GROUP_CHUNKS * Blake3Kernel.CHUNK_BYTES;
  private static final int CV_INTS = Blake3Kernel.CV_INTS;

  private final Blake3Kernel kernel;

  /**
   * Creates the tree functions over a kernel.
   *
   * @param kernel hashes chunks and pairs
   */
  public Blake3Tree(Blake3Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Returns the kernel that does the hashing.
   *
   * @return the kernel
   */
  public Blake3Kernel kernel() {
    return kernel;
  }

  /**
   * Writes the chaining value, or root hash, of the tree over a span.
   *
   * @param data holds the span
   * @param offset where it starts
   * @param length its length in bytes, 0 or more
   * @param counter number of its first chunk
   * @param root whether it is a whole tree
   * @param out receives eight ints at {@code outOffset}
   * @param outOffset where they start
   */
  public void node(byte[] data, int offset, int length, long counter, boolean root, int[] out, int outOffset) {
    if (length <= Blake3Kernel.CHUNK_BYTES) {
      kernel.chunk(data, offset, length, counter, root, out, outOffset);
    } else {
      int[] cvs = new int[Math.min(GROUP_CHUNKS, chunks(length)) * CV_INTS];
      branch(data, offset, length, counter, root, cvs, out, outOffset);
    }
  }

  private void branch(
      byte[] data, int offset, int length, long counter, boolean root, int[] scratch, int[] out, int outOffset) {
    if (length <= GROUP_BYTES) {
      group(data, offset, length, counter, root, scratch, out, outOffset);
      return;
    }
    int leftChunks = Integer.highestOneBit(chunks(length) - 1);
    int leftBytes = leftChunks * Blake3Kernel.CHUNK_BYTES;
    int[] pair = new int[2 * CV_INTS];
    branch(data, offset, leftBytes, counter, false, scratch, pair, 0);
    branch(data, offset + leftBytes, length - leftBytes, counter + leftChunks, false, scratch, pair, CV_INTS);
    kernel.parents(pair, 0, 1, root, out, outOffset);
  }

  private void group(
      byte[] data, int offset, int length, long counter, boolean root, int[] cvs, int[] out, int outOffset) {
    int full = length / Blake3Kernel.CHUNK_BYTES;
    int rest = length - full * Blake3Kernel.CHUNK_BYTES;
    kernel.chunks(data, offset, full, counter, cvs, 0);
    int nodes = full;
    if (rest > 0) {
      kernel.chunk(data, offset + length - rest, rest, counter + full, false, cvs, full * CV_INTS);
      nodes++;
    }
    while (nodes > 2) {
      int pairs = nodes / 2;
      kernel.parents(cvs, 0, pairs, false, cvs, 0);
      if ((nodes & 1) == 1) {
        System.arraycopy(cvs, (nodes - 1) * CV_INTS, cvs, pairs * CV_INTS, CV_INTS);
      }
      nodes = pairs + (nodes & 1);
    }
    if (nodes == 2) {
      kernel.parents(cvs, 0, 1, root, out, outOffset);
    } else {
      System.arraycopy(cvs, 0, out, outOffset, CV_INTS);
    }
  }

  private static int chunks(int length) {
    return (int) (((long) length + Blake3Kernel.CHUNK_BYTES - 1) / Blake3Kernel.CHUNK_BYTES);
  }

  /**
   * Converts a chaining value to its 32 bytes, little-endian.
   *
   * @param cv holds eight ints at {@code offset}
   * @param offset where they start
   * @return 32 new bytes
   */
  public static byte[] toBytes(int[] cv, int offset) {
    byte[] bytes = new byte[HASH_BYTES];
    for (int i = 0; i < HASH_BYTES; i++) {
      bytes[i] = (byte) (cv[offset + i / 4] >>> (8 * (i % 4)));
    }
    return bytes;
  }

  /**
   * Converts 32 bytes to the chaining value they stand for.
   *
   * @param bytes exactly 32 bytes
   * @param out receives eight ints
   * @param outOffset where they start
   */
  public static void fromBytes(byte[] bytes, int[] out, int outOffset) {
    for (int i = 0; i < CV_INTS; i++) {
      int at = 4 * i;
      out[outOffset + i] = (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16 | bytes[at + 3] << 24;
    }
  }
}
