package org.docs4j.engine.ranger;

import java.util.List;

/** What has arrived of a message, in the order of the wire; a part with many entries comes in several pieces. */
public sealed interface Piece {
  /**
   * A whole part without entries.
   *
   * @param part the part
   */
  record Fingerprint(Part.RangeFingerprint part) implements Piece {}

  /**
   * Some entries of a part, or all of them.
   *
   * @param range the part's range
   * @param values the next entries, possibly none
   * @param last whether the part ends here
   * @param haveLocal of the last piece, whether the sender wants no answer; of no meaning before, since it follows the
   *     entries on the wire
   * @param tooLong how many more entries came, of which nothing is kept because their keys are too long
   */
  record Items(Range range, List<Part.Value> values, boolean last, boolean haveLocal, int tooLong) implements Piece {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }

    /** Entries that can all be kept. */
    public Items(Range range, List<Part.Value> values, boolean last, boolean haveLocal) {
      this(range, values, last, haveLocal, 0);
    }
  }

  /** A whole part as one piece. */
  static Piece of(Part part) {
    return part instanceof Part.RangeItem item
        ? new Items(item.range(), item.values(), true, item.haveLocal())
        : new Fingerprint((Part.RangeFingerprint) part);
  }

  /** How many entries it has. */
  default int valueCount() {
    return this instanceof Items items ? items.values().size() : 0;
  }

  /** How many entries came with it of which nothing is kept because their keys are too long. */
  default int tooLongCount() {
    return this instanceof Items items ? items.tooLong() : 0;
  }
}
