package org.docs4j.api.crypto;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.docs4j.api.crypto.internal.Blake3Hasher;
import org.docs4j.api.crypto.internal.Blake3Kernel;
import org.docs4j.api.crypto.internal.Blake3Tree;
import org.docs4j.api.crypto.internal.PortableBlake3Kernel;

/**
 * BLAKE3 hashing with 32 bytes of output: one-shot, incremental, and the tree functions that verified streaming needs.
 *
 * <p>The static methods may be called from any thread. An instance belongs to one thread at a time; it copies what it keeps, so the
 * caller may reuse its arrays and buffers as soon as a method returns. Source: "BLAKE3: one function, fast everywhere", sections 2 and 5.1.
 */
public final class Blake3 {
  /** Bytes in a hash and in a chaining value. */
  public static final int HASH_BYTES = 32;

  /** Bytes in a chunk, the leaf of the tree. */
  public static final int CHUNK_BYTES = 1024;

  private static final Blake3Tree TREE = new Blake3Tree(new PortableBlake3Kernel());
  private static final int COPY_BYTES = Blake3Tree.GROUP_CHUNKS * CHUNK_BYTES;

  private final Blake3Hasher hasher = new Blake3Hasher(TREE);

  private Blake3() {}

  /**
   * Returns the hash of an array.
   *
   * @param input the bytes to hash
   * @return 32 new bytes
   */
  public static byte[] hash(byte[] input) {
    return hash(input, 0, input.length);
  }

  /**
   * Returns the hash of a part of an array.
   *
   * @param input holds the bytes to hash
   * @param offset where they start
   * @param length how many, 0 or more
   * @return 32 new bytes
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public static byte[] hash(byte[] input, int offset, int length) {
    return subtree(input, offset, length, 0, true);
  }

  /**
   * Creates an incremental hasher that has seen no byte.
   *
   * @return a new hasher
   */
  public static Blake3 create() {
    return new Blake3();
  }

  /**
   * Takes more input from a part of an array.
   *
   * @param input holds the bytes
   * @param offset where they start
   * @param length how many, 0 or more
   * @return this hasher
   * @throws IndexOutOfBoundsException if the range is not inside the array; the state is unchanged
   */
  public Blake3 update(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    hasher.update(input, offset, length);
    return this;
  }

  /**
   * Takes more input from a whole array.
   *
   * @param input the bytes
   * @return this hasher
   */
  public Blake3 update(byte[] input) {
    hasher.update(input, 0, input.length);
    return this;
  }

  /**
   * Takes more input from a buffer, from its position to its limit. Afterwards the position is the limit.
   *
   * @param input the bytes; of any kind, direct and read-only included
   * @return this hasher
   */
  public Blake3 update(ByteBuffer input) {
    if (input.hasArray()) {
      hasher.update(input.array(), input.arrayOffset() + input.position(), input.remaining());
      input.position(input.limit());
      return this;
    }
    byte[] copy = new byte[Math.min(input.remaining(), COPY_BYTES)];
    while (input.hasRemaining()) {
      int length = Math.min(input.remaining(), copy.length);
      input.get(copy, 0, length);
      hasher.update(copy, 0, length);
    }
    return this;
  }

  /**
   * Returns the hash of all input so far. The state stays as it is: more input may follow, and the method may be called again.
   *
   * @return 32 new bytes
   */
  public byte[] digest() {
    return hasher.digest();
  }

  /**
   * Forgets all input.
   *
   * @return this hasher, as new
   */
  public Blake3 reset() {
    hasher.reset();
    return this;
  }

  /**
   * Returns the chaining value of the subtree over a span of bytes, or the root hash if the span is a whole tree.
   *
   * <p>The tree over more than one chunk splits so that the left child has the largest power of two of chunks that is smaller than all of
   * them. A span is a node of a larger tree only if it starts at a multiple of its own size, rounded up to a power of two of chunks; the
   * caller sees to that.
   *
   * @param data holds the span
   * @param offset where it starts
   * @param length its length in bytes, 0 or more
   * @param chunkCounter number of its first chunk in the whole tree, 0 or more
   * @param root whether the span is the whole tree
   * @return 32 new bytes
   * @throws IndexOutOfBoundsException if the span is not inside the array
   * @throws IllegalArgumentException if chunkCounter is negative, or is not 0 for a root
   */
  public static byte[] subtree(byte[] data, int offset, int length, long chunkCounter, boolean root) {
    Objects.checkFromIndexSize(offset, length, data.length);
    if (chunkCounter < 0 || (root && chunkCounter != 0)) {
      throw new IllegalArgumentException("chunk counter " + chunkCounter + (root ? " of a root" : " is negative"));
    }
    int[] cv = new int[Blake3Kernel.CV_INTS];
    TREE.node(data, offset, length, chunkCounter, root, cv, 0);
    return Blake3Tree.toBytes(cv, 0);
  }

  /**
   * Returns the chaining value of the parent of two nodes, or the root hash if it is the root.
   *
   * @param left chaining value of the left child, 32 bytes
   * @param right chaining value of the right child, 32 bytes
   * @param root whether the parent is the root of the tree
   * @return 32 new bytes
   * @throws IllegalArgumentException if a chaining value is not of 32 bytes
   */
  public static byte[] parent(byte[] left, byte[] right, boolean root) {
    if (left.length != HASH_BYTES || right.length != HASH_BYTES) {
      throw new IllegalArgumentException("chaining values of " + left.length + " and " + right.length + " bytes, not of 32");
    }
    int[] pair = new int[2 * Blake3Kernel.CV_INTS];
    Blake3Tree.fromBytes(left, pair, 0);
    Blake3Tree.fromBytes(right, pair, Blake3Kernel.CV_INTS);
    TREE.kernel().parents(pair, 0, 1, root, pair, 0);
    return Blake3Tree.toBytes(pair, 0);
  }
}
