package org.docs4j.blobs.bao;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wanted of a blob and of the blobs whose hashes it lists: for each of them a set of chunks (WIRE 6.1).
 *
 * <p>Number 0 is the blob itself, number i the hash i - 1 in it. A part holds from its number on, until the next part
 * begins; the last one holds for ever; before the first nothing is wanted.
 *
 * @param parts with ascending numbers; no two neighbours want the same, and the first wants something
 */
public record RangeSpecSeq(List<Part> parts) {
  private static final RangeSpecSeq BLOB = single(ChunkRanges.all());

  /**
   * From one number on the same is wanted.
   *
   * @param offset the number, as an unsigned integer
   * @param ranges what is wanted
   */
  public record Part(long offset, ChunkRanges ranges) {}

  /**
   * Checks and copies the parts.
   *
   * @throws IllegalArgumentException if they are not as described above
   */
  public RangeSpecSeq {
    parts = List.copyOf(parts);
    ChunkRanges before = ChunkRanges.none();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0 && Long.compareUnsigned(parts.get(i - 1).offset(), parts.get(i).offset()) >= 0) {
        throw new IllegalArgumentException("the numbers of range specs do not ascend");
      }
      if (parts.get(i).ranges().equals(before)) {
        throw new IllegalArgumentException("a range spec repeats the one before it");
      }
      before = parts.get(i).ranges();
    }
  }

  /** All of one blob and nothing else. */
  public static RangeSpecSeq blob() {
    return BLOB;
  }

  /** A part of one blob and nothing else. */
  public static RangeSpecSeq single(ChunkRanges ranges) {
    List<Part> parts = new ArrayList<>();
    if (!ranges.isEmpty()) {
      parts.add(new Part(0, ranges));
      parts.add(new Part(1, ChunkRanges.none()));
    }
    return new RangeSpecSeq(parts);
  }

  /** What is wanted of one number. */
  public ChunkRanges at(long number) {
    int part = partOf(number);
    return part < 0 ? ChunkRanges.none() : parts.get(part).ranges();
  }

  /** The first number, from the given one on, of which something is wanted; -1 if there is none. */
  public long nextWanted(long number) {
    if (!at(number).isEmpty()) {
      return number;
    }
    // Neighbours differ, so that the part after one that wants nothing wants something.
    int next = partOf(number) + 1;
    return next < parts.size() ? parts.get(next).offset() : -1;
  }

  /** The last part that begins at or before a number, -1 if there is none. */
  private int partOf(long number) {
    int low = 0;
    int high = parts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(parts.get(middle).offset(), number) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
