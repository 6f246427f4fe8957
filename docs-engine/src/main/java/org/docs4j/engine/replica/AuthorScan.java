package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.Query;
import org.docs4j.api.Query.KeyFilter;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;

/** Walks the records by author and key; passes from one author's part that the key filter takes to the next one's. */
final class AuthorScan {
  private final LongKeyCursor cursor;
  private final byte[] range;
  private final byte[] filter;
  private final boolean exact;
  private final boolean forward;

  AuthorScan(LongKeyCursor cursor, NamespaceId namespace, Query query) {
    this.cursor = cursor;
    this.range =
        query.author()
            .map(author -> RowKeys.owner(namespace, author))
            .orElseGet(namespace::toByteArray);
    Key key = Key.EMPTY;
    if (query.keys() instanceof KeyFilter.Exact only) {
      key = only.key();
    } else if (query.keys() instanceof KeyFilter.Prefix prefix) {
      key = prefix.prefix();
    }
    this.filter = key.toByteArray();
    this.exact = query.keys() instanceof KeyFilter.Exact;
    this.forward = !query.descending();
  }

  void scan(Optional<RecordIdentifier> after, PageCollector page) {
    boolean found =
        after.isPresent()
            ? seekBeyond(after.get().encode())
            : forward ? cursor.seekCeiling(range) : seekBelow(RowKeys.above(range));
    while (found) {
      byte[] row = cursor.key();
      if (!RowKeys.startsWith(row, range)) {
        return;
      }
      int side = side(row);
      if (side == 0) {
        found = page.offer(row, cursor.value()) && step();
      } else {
        found = page.goesOn(row) && (side < 0 == forward ? seekInto(row) : seekOut(row));
      }
    }
  }

  /** Whether a row's key is before (below 0), among (0) or behind (above 0) those that the filter takes. */
  private int side(byte[] row) {
    int rest = row.length - RowKeys.OWNER;
    int compared = exact ? rest : Math.min(rest, filter.length);
    return Arrays.compareUnsigned(row, RowKeys.OWNER, RowKeys.OWNER + compared, filter, 0, filter.length);
  }

  private boolean step() {
    return forward ? cursor.next() : cursor.previous();
  }

  private boolean seekBeyond(byte[] row) {
    return (forward ? cursor.seekCeiling(row) : cursor.seekFloor(row))
        && (!Arrays.equals(cursor.key(), row) || step());
  }

  /** To the part of the row's author that the filter takes, of which the row is still short. */
  private boolean seekInto(byte[] row) {
    byte[] start = Arrays.copyOf(row, RowKeys.OWNER + filter.length);
    System.arraycopy(filter, 0, start, RowKeys.OWNER, filter.length);
    if (forward) {
      return cursor.seekCeiling(start);
    }
    return exact ? cursor.seekFloor(start) : seekBelow(RowKeys.above(start));
  }

  /** To the next author: the row is past the part that the filter takes. */
  private boolean seekOut(byte[] row) {
    byte[] owner = Arrays.copyOf(row, RowKeys.OWNER);
    if (!forward) {
      return seekBelow(Optional.of(owner));
    }
    Optional<byte[]> next = RowKeys.above(owner);
    return next.isPresent() && cursor.seekCeiling(next.get());
  }

  private boolean seekBelow(Optional<byte[]> bound) {
    return bound.isPresent() ? below(cursor, bound.get()) : cursor.seekLast();
  }

  /** Goes to the greatest key below the given one. */
  static boolean below(LongKeyCursor cursor, byte[] bound) {
    return cursor.seekFloor(bound) && (!Arrays.equals(cursor.key(), bound) || cursor.previous());
  }
}
