package org.docs4j.api.crypto.internal;

import java.util.Arrays;

/**
 * BLAKE3 over a stream of bytes: one unfinished chunk, and the stack of finished subtrees (paper, section 5.1.2).
 *
 * <p>A chunk is finished only when a byte after it arrives, because the last one may be the root. Whole groups of chunks that arrive in
 * one piece are hashed where they lie. Not for use by several threads at once.
 */
public final class Blake3Hasher {
  private static final int CHUNK_BYTES = Blake3Kernel.CHUNK_BYTES;
  private static final int CV_INTS = Blake3Kernel.CV_INTS;

  /** Levels of a tree over 2^63 bytes: more input does not fit a long. */
  private static final int MAX_DEPTH = 54;

  private static final int FIRST_DEPTH = 8;

  private final Blake3Tree tree;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int[] stack = new int[FIRST_DEPTH * CV_INTS];
  private int filled;
  private int depth;
  private long finished;

  /**
   * Creates a hasher that has seen no byte.
   *
   * @param tree hashes what is complete
   */
  public Blake3Hasher(Blake3Tree tree) {
    this.tree = tree;
  }

  /**
   * Takes more input.
   *
   * @param input holds it
   * @param offset where it starts
   * @param length its length; the range must lie inside {@code input}
   */
  public void update(byte[] input, int offset, int length) {
    int at = offset;
    int left = length;
    if (filled > 0) {
      int taken = Math.min(CHUNK_BYTES - filled, left);
      System.arraycopy(input, at, chunk, filled, taken);
      filled += taken;
      at += taken;
      left -= taken;
      if (left == 0) {
        return;
      }
      push(chunk, 0, 1);
      filled = 0;
    }
    while (left > CHUNK_BYTES) {
      int chunks = aligned((left - 1) / CHUNK_BYTES);
      push(input, at, chunks);
      at += chunks * CHUNK_BYTES;
      left -= chunks * CHUNK_BYTES;
    }
    System.arraycopy(input, at, chunk, 0, left);
    filled = left;
  }

  /** The largest complete subtree that may start at the next chunk: a power of two that divides its number. */
  private int aligned(int available) {
    int largest = Integer.highestOneBit(Math.min(available, Blake3Tree.GROUP_CHUNKS));
    return finished == 0 ? largest : (int) Math.min(largest, Long.lowestOneBit(finished));
  }

  private void push(byte[] data, int offset, int chunks) {
    if ((depth + 1) * CV_INTS > stack.length) {
      stack = Arrays.copyOf(stack, Math.min(2 * stack.length, (MAX_DEPTH + 1) * CV_INTS));
    }
    tree.node(data, offset, chunks * CHUNK_BYTES, finished, false, stack, depth * CV_INTS);
    depth++;
    finished += chunks;
    // Neighbours of equal size become one subtree; more input is known to follow, so none of them is the root.
    while (depth > Long.bitCount(finished)) {
      int left = (depth - 2) * CV_INTS;
      tree.kernel().parents(stack, left, 1, false, stack, left);
      depth--;
    }
  }

  /**
   * Returns the hash of all input so far, and changes nothing.
   *
   * @return 32 new bytes
   */
  public byte[] digest() {
    int[] pair = new int[2 * CV_INTS];
    tree.kernel().chunk(chunk, 0, filled, finished, depth == 0, pair, CV_INTS);
    for (int level = depth - 1; level >= 0; level--) {
      System.arraycopy(stack, level * CV_INTS, pair, 0, CV_INTS);
      tree.kernel().parents(pair, 0, 1, level == 0, pair, 0);
      System.arraycopy(pair, 0, pair, CV_INTS, CV_INTS);
    }
    return Blake3Tree.toBytes(pair, CV_INTS);
  }

  /** Forgets all input, the bytes of the unfinished chunk included. */
  public void reset() {
    Arrays.fill(chunk, (byte) 0);
    Arrays.fill(stack, 0);
    filled = 0;
    depth = 0;
    finished = 0;
  }
}
