package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.engine.replica.KnownPrefixes.Known;
import org.docs4j.engine.replica.KnownPrefixes.Near;

/**
 * Finds the parent of a record: its author's entry at the longest proper prefix of its key.
 *
 * <p>One is enough. The insert rule refuses what is not newer than all entries at prefixes of its key, and removes what
 * is not newer at longer ones; so of stored entries whose keys are prefixes of each other the longest is the newest.
 *
 * <p>Every entry at a prefix of a key is the author's last entry before that key, or stands at a prefix of the key of
 * that one too. Entries carry a mark whether they had a parent when they were stored ({@link RecordRow#isNested}).
 *
 * <p>A search takes a step for each place where a stored neighbour parts from the key, not one for each byte: an entry
 * below the key that shares so many bytes with it proves that there is no longer prefix between them. An author whose
 * entries part one by one could make that many steps; so what a long search has shown is kept for the next ones.
 */
final class Parents {
  /** After how many steps a search turns to what earlier ones have shown. */
  static final int FEW = 16;

  /** For searches beside the one writer; never learns. */
  private static final KnownPrefixes NOTHING = new KnownPrefixes();

  private final LongKeyCursor cursor;
  private final byte[] id;
  private final KnownPrefixes known;
  private Optional<Near> near = Optional.empty();
  private int steps;

  /** The rows of an entry. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Parent(byte[] key, byte[] row) {}

  private Parents(LongKeyCursor cursor, byte[] id, KnownPrefixes known) {
    this.cursor = cursor;
    this.id = id;
    this.known = known;
  }

  /**
   * The parent of a record that may be stored or not.
   *
   * @param covered whether marks cannot be trusted, as an entry was put above one that stayed
   */
  static Optional<Parent> of(LongKeyCursor cursor, byte[] id, boolean covered) {
    return new Parents(cursor, id, NOTHING).search(AuthorScan.below(cursor, id), covered);
  }

  /**
   * The same with the cursor at the last entry before the record's place, if it stands.
   *
   * @param known what earlier searches have shown; learns from this one if it is long
   */
  static Optional<Parent> before(
      LongKeyCursor cursor, boolean stands, byte[] id, boolean covered, KnownPrefixes known) {
    Parents search = new Parents(cursor, id, known);
    Optional<Parent> parent = search.search(stands, covered);
    search.learn(parent);
    return parent;
  }

  private Optional<Parent> search(boolean stands, boolean covered) {
    boolean found = stands;
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
      if (!covered && !RecordRow.isNested(row)) {
        return Optional.empty();
      }
      steps++;
      if (steps == FEW) {
        near = known.near(id);
      }
      if (near.isPresent() && near.get().shared() >= shared && near.get().known().low() < shared) {
        return searchKnown(near.get().known(), shared, covered);
      }
      found = cursor.seekFloor(Arrays.copyOf(id, shared));
    }
    return Optional.empty();
  }

  /** Searches where it is known at which lengths alone an entry may stand, and from there on as before. */
  private Optional<Parent> searchKnown(Known lengths, int atMost, boolean covered) {
    near = Optional.empty();
    steps = 0;
    Optional<Integer> length = lengths.longest(atMost);
    while (length.isPresent()) {
      byte[] prefix = Arrays.copyOf(id, length.get());
      if (cursor.seekFloor(prefix) && Arrays.equals(cursor.key(), prefix)) {
        return Optional.of(new Parent(prefix, cursor.value()));
      }
      lengths.remove(length.get());
      length = lengths.longest(atMost);
    }
    if (lengths.low() < RowKeys.OWNER) {
      return Optional.empty();
    }
    Optional<Parent> parent = search(cursor.seekFloor(Arrays.copyOf(id, lengths.low())), covered);
    lengths.extend(length(parent));
    return parent;
  }

  private void learn(Optional<Parent> parent) {
    if (steps >= FEW) {
      known.note(id, new Known(length(parent)));
    }
  }

  private static int length(Optional<Parent> parent) {
    return parent.map(found -> found.key.length).orElse(RowKeys.OWNER - 1);
  }
}
