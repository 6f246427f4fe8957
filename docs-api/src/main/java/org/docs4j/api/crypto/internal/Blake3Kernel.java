package org.docs4j.api.crypto.internal;

/**
 * The part of BLAKE3 that a faster back end replaces: chaining values of whole chunks and of pairs.
 *
 * <p>Chaining values are eight ints, in the order of the BLAKE3 paper (section 2.2). Implementations hold no state, so one instance
 * serves all threads. {@link PortableBlake3Kernel} defines the answers; any other kernel must give the same ones.
 */
public interface Blake3Kernel {
  /** Ints in a chaining value. */
  int CV_INTS = 8;

  /** Bytes in a full chunk. */
  int CHUNK_BYTES = 1024;

  /**
   * Writes the chaining values of consecutive full chunks, none of which is the root.
   *
   * @param input bytes that hold the chunks
   * @param offset where the first chunk starts
   * @param count how many full chunks follow, at least 0
   * @param counter number of the first chunk in its tree
   * @param out receives {@code 8 * count} ints
   * @param outOffset where they start in {@code out}
   */
  void chunks(byte[] input, int offset, int count, long counter, int[] out, int outOffset);

  /**
   * Writes the chaining value of one chunk of 0 to 1024 bytes, or the root hash if it is the whole tree.
   *
   * @param input bytes that hold the chunk
   * @param offset where it starts
   * @param length its length, 0 to 1024
   * @param counter number of the chunk in its tree
   * @param root whether the chunk is the whole tree
   * @param out receives eight ints
   * @param outOffset where they start in {@code out}
   */
  void chunk(byte[] input, int offset, int length, long counter, boolean root, int[] out, int outOffset);

  /**
   * Writes the chaining values of consecutive parents. The pair number i is the ints {@code [16 i, 16 i + 16)} after {@code offset};
   * {@code out} may be {@code pairs} and overlap from the start.
   *
   * @param pairs chaining values, left and right alternating
   * @param offset where the first left one starts
   * @param count how many pairs follow, at least 0
   * @param root whether the parent is the root of its tree; then count is 1
   * @param out receives {@code 8 * count} ints
   * @param outOffset where they start in {@code out}, not after {@code offset} if both are one array
   */
  void parents(int[] pairs, int offset, int count, boolean root, int[] out, int outOffset);
}
