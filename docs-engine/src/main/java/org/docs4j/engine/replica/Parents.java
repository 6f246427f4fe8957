package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the parent of a record: its author's entry at the longest proper prefix of its key.
 *
 * <p>One is enough. The insert rule refuses what is not newer than all entries at prefixes of its key, and removes what
 * is not newer at longer ones; so of stored entries whose keys are prefixes of each other the longest is the newest.
 *
 * <p>Every entry at a prefix of a key is the author's last entry before that key, or stands at a prefix of the key of
 * that one too. Entries carry a mark whether they had a parent when they were stored ({@link RecordRow#isNested}).
 */
final class Parents {
  private Parents() {}

  /** The rows of an entry. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Parent(byte[] key, byte[] row) {}

  /**
   * The parent of a record that may be stored or not.
   *
   * @param covered whether marks cannot be trusted, as an entry was put above one that stayed
   */
  static Optional<Parent> of(LongKeyCursor cursor, byte[] id, boolean covered) {
    return before(cursor, AuthorScan.below(cursor, id), id, covered);
  }

  /**
   * The same with the cursor at the last entry before the record's place, if it stands.
   *
   * <p>Takes a step for each place where a stored neighbour parts from the key, not one for each byte: an entry below
   * the key that shares so many bytes with it proves that there is no longer prefix between them.
   */
  static Optional<Parent> before(LongKeyCursor cursor, boolean stands, byte[] id, boolean covered) {
    boolean found = stands;
    boolean marked = !covered;
    while (found) {
      byte[] key = cursor.key();
      int shared = Arrays.mismatch(key, id);
      if (shared < RowKeys.OWNER) {
        return Optional.empty();
      }
      byte[] row = cursor.value();
      if (shared == key.length) {
        return Optional.of(new Parent(key, row));
      }
      if (marked && !RecordRow.isNested(row)) {
        return Optional.empty();
      }
      found = cursor.seekFloor(Arrays.copyOf(id, shared));
    }
    return Optional.empty();
  }
}
