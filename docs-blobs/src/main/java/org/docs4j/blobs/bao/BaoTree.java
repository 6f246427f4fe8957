package org.docs4j.blobs.bao;

import org.docs4j.api.crypto.Blake3;

/**
 * The shape of the tree over a blob of a given size (BLAKE3 paper, section 2.1): the left child of a node holds the
 * largest power of two of chunks that is smaller than all of them.
 *
 * @param size of the blob in bytes, 0 or more
 */
public record BaoTree(long size) {
  /** Chunks in a group. */
  public static final int GROUP_CHUNKS = 16;

  /** Bytes in a full group, 16 KiB. */
  public static final int GROUP_BYTES = GROUP_CHUNKS * Blake3.CHUNK_BYTES;

  /** Bytes in a parent: the chaining values of its left and its right child. */
  public static final int PARENT_BYTES = 2 * Blake3.HASH_BYTES;

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public BaoTree {
    if (size < 0) {
      throw new IllegalArgumentException("a size of " + size + " bytes");
    }
  }

  /** How many chunks there are; an empty blob has one, which is empty. */
  public long chunks() {
    return Math.max(1, (size >>> 10) + ((size & 1023) == 0 ? 0 : 1));
  }

  /** How many groups there are; an empty blob has one, which is empty. */
  public long groups() {
    return groups(chunks());
  }

  /** How many parents the outboard holds: those down to the level of groups. */
  public long outboardParents() {
    return groups() - 1;
  }

  /** Bytes in the outboard. */
  public long outboardBytes() {
    return outboardParents() * PARENT_BYTES;
  }

  /** How many bytes a span of chunks has; only the last chunk of the blob is shorter than 1024. */
  public long byteLength(long firstChunk, long chunks) {
    long start = firstChunk << 10;
    return Math.min(size - start, chunks << 10);
  }

  /**
   * The place of a parent in the outboard, which holds parents in pre-order.
   *
   * @param firstGroup the first group below the parent
   * @param count how many groups are below it, at least 2
   * @throws IllegalArgumentException if there is no such parent in this tree
   */
  public long parentIndex(long firstGroup, long count) {
    long start = 0;
    long length = groups();
    long index = 0;
    while (start != firstGroup || length != count) {
      if (length < 2) {
        throw new IllegalArgumentException("no parent of " + count + " groups at group " + firstGroup);
      }
      long left = leftCount(length);
      if (firstGroup < start + left) {
        index++;
        length = left;
      } else {
        index += left;
        start += left;
        length -= left;
      }
    }
    return index;
  }

  /** How many of at least two chunks or groups belong to the left child. */
  static long leftCount(long count) {
    return Long.highestOneBit(count - 1);
  }

  static long groups(long chunks) {
    return (chunks + GROUP_CHUNKS - 1) / GROUP_CHUNKS;
  }
}
