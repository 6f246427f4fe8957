package org.docs4j.engine.replica;

import java.util.Arrays;

/** Finds the entries of an author at prefixes of a key: the parents of WIRE 3.3. */
final class Prefixes {
  private Prefixes() {}

  /** Is shown entries. */
  interface Visitor {
    /** Sees the rows of one entry; returns whether it wants the next shorter one. */
    boolean visit(byte[] key, byte[] value);
  }

  /**
   * Shows the entries at proper prefixes of a record's key, the longest first.
   *
   * <p>Takes a step for each entry and for each place where a stored neighbour parts from the key, never one for each
   * byte: an entry below the key that shares so many bytes with it proves that there is no longer prefix between them.
   *
   * @param cursor over the records
   * @param row the row key of the record; nothing in its place is shown
   */
  static void visit(LongKeyCursor cursor, byte[] row, Visitor visitor) {
    boolean found = cursor.seekFloor(row);
    if (found && Arrays.equals(cursor.key(), row)) {
      found = cursor.previous();
    }
    visitFrom(cursor, found, row, visitor);
  }

  /** The same with the cursor already at the entry before the record's place, if there is one. */
  static void visitFrom(LongKeyCursor cursor, boolean stands, byte[] row, Visitor visitor) {
    boolean found = stands;
    while (found) {
      byte[] key = cursor.key();
      int mismatch = Arrays.mismatch(key, row);
      if (mismatch < RowKeys.OWNER) {
        return;
      }
      if (mismatch == key.length) {
        if (!visitor.visit(key, cursor.value()) || key.length == RowKeys.OWNER) {
          return;
        }
        found = cursor.previous();
      } else {
        found = cursor.seekFloor(Arrays.copyOf(row, mismatch));
      }
    }
  }
}
