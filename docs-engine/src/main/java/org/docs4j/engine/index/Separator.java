package org.docs4j.engine.index;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;

/**
 * The bytes that part two neighbours in the tree: nothing of the left one reaches them, nothing of the right one is
 * below them. Always the shortest such bytes. As peers choose identifiers, they may still be long: then the node holds
 * only their head, and a row of their own holds all of them.
 *
 * @param head all bytes, or the first {@link #MAX_HEAD} of them
 * @param number the row with all bytes; {@link #COMPLETE} if the head is all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Separator(byte[] head, long number) {
  /** The longest head in bytes. */
  static final int MAX_HEAD = 160;

  /** Instead of the number of a row. */
  static final long COMPLETE = -1;

  /** Below everything: the separator before the first neighbour, which nobody asks. */
  static final Separator LOWEST = new Separator(new byte[0], COMPLETE);

  /** The shortest bytes above one identifier that are not above a greater one. */
  static byte[] between(byte[] below, byte[] above) {
    int same = Arrays.mismatch(below, above);
    return Arrays.copyOf(above, same + 1);
  }

  /** Whether an identifier is at or above the separator. */
  boolean isAtMost(byte[] id, NodeRows rows) {
    if (number == COMPLETE) {
      return Arrays.compareUnsigned(head, id) <= 0;
    }
    int length = Math.min(head.length, id.length);
    int order = Arrays.compareUnsigned(head, 0, length, id, 0, length);
    return order < 0 || (order == 0 && id.length > head.length && Arrays.compareUnsigned(bytes(rows), id) <= 0);
  }

  /** All bytes. */
  byte[] bytes(NodeRows rows) {
    if (number == COMPLETE) {
      return head;
    }
    Optional<byte[]> row = rows.load(number);
    return row.orElseThrow(() -> new StoreCorruptedException("a separator of the range index is missing"));
  }
}
