package org.docs4j.blobs.bao;

import java.util.Arrays;

/**
 * A set of chunk numbers, each an unsigned 64-bit integer, held as the boundaries at which membership changes.
 *
 * <p>{@code [2, 5]} holds the chunks 2, 3 and 4; {@code [7]} all from 7 on (WIRE 6.1). Boundaries strictly ascend.
 */
public final class ChunkRanges {
  private static final ChunkRanges NONE = new ChunkRanges(new long[0]);
  private static final ChunkRanges ALL = new ChunkRanges(new long[] {0});

  private final long[] boundaries;

  private ChunkRanges(long[] boundaries) {
    this.boundaries = boundaries;
  }

  /** How much of a span of chunks a set holds. */
  enum Selection {
    NONE,
    PART,
    ALL
  }

  /** No chunk. */
  public static ChunkRanges none() {
    return NONE;
  }

  /** Every chunk. */
  public static ChunkRanges all() {
    return ALL;
  }

  /** All chunks from one on; {@code -1}, the largest number, asks for the last chunk as a proof of the size. */
  public static ChunkRanges from(long firstChunk) {
    return firstChunk == 0 ? ALL : new ChunkRanges(new long[] {firstChunk});
  }

  /**
   * The set with the given boundaries.
   *
   * @throws IllegalArgumentException if they do not strictly ascend as unsigned numbers
   */
  public static ChunkRanges of(long... boundaries) {
    for (int i = 1; i < boundaries.length; i++) {
      if (Long.compareUnsigned(boundaries[i - 1], boundaries[i]) >= 0) {
        throw new IllegalArgumentException("boundary number " + i + " does not ascend");
      }
    }
    return new ChunkRanges(boundaries.clone());
  }

  /** Whether no chunk is in the set. */
  public boolean isEmpty() {
    return boundaries.length == 0;
  }

  /** Whether every chunk is in the set. */
  public boolean isAll() {
    return boundaries.length == 1 && boundaries[0] == 0;
  }

  /** A fresh copy of the boundaries. */
  public long[] boundaries() {
    return boundaries.clone();
  }

  /**
   * What the set means for a blob of a known size: the chunks that exist, and for anything beyond them the last one,
   * which proves the size (WIRE 6.2, range truncation).
   */
  public ChunkRanges within(BaoTree tree) {
    long last = tree.chunks() - 1;
    int kept = 0;
    while (kept < boundaries.length && Long.compareUnsigned(boundaries[kept], last) <= 0) {
      kept++;
    }
    boolean reachesEnd = (kept & 1) == 1;
    if (reachesEnd || kept == boundaries.length) {
      return kept == boundaries.length ? this : new ChunkRanges(Arrays.copyOf(boundaries, kept));
    }
    if (kept > 0 && boundaries[kept - 1] == last) {
      return new ChunkRanges(Arrays.copyOf(boundaries, kept - 1));
    }
    long[] withLast = Arrays.copyOf(boundaries, kept + 1);
    withLast[kept] = last;
    return new ChunkRanges(withLast);
  }

  /** How much of the chunks from {@code start} to before {@code end} is in the set; both are below 2^63. */
  Selection selection(long start, long end) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(boundaries[middle], start) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < boundaries.length && Long.compareUnsigned(boundaries[low], end) < 0) {
      return Selection.PART;
    }
    return (low & 1) == 1 ? Selection.ALL : Selection.NONE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkRanges that && Arrays.equals(boundaries, that.boundaries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(boundaries);
  }

  /** The ranges as people write them, such as {@code 1..3 | 9..}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < boundaries.length; i += 2) {
      text.append(i == 0 ? "" : " | ").append(Long.toUnsignedString(boundaries[i])).append("..");
      if (i + 1 < boundaries.length) {
        text.append(Long.toUnsignedString(boundaries[i + 1]));
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }
}
