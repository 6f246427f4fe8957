package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.Query;
import org.docs4j.api.Query.KeyFilter;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.engine.index.Version;

/** Walks the records of all authors by key and author, all of them or the newest at each key. */
final class KeyScan {
  private final LongKeyCursor cursor;
  private final LongKeyTable records;
  private final byte[] range;
  private final boolean forward;
  private final boolean newest;

  KeyScan(LongKeyCursor cursor, LongKeyTable records, NamespaceId namespace, Query query) {
    this.cursor = cursor;
    this.records = records;
    if (query.keys() instanceof KeyFilter.Exact only) {
      this.range = RowKeys.byKeyExact(namespace, only.key());
    } else if (query.keys() instanceof KeyFilter.Prefix prefix) {
      this.range = RowKeys.byKeyPrefix(namespace, prefix.prefix());
    } else {
      this.range = namespace.toByteArray();
    }
    this.forward = !query.descending();
    this.newest = query.kind() == Query.Kind.SINGLE_LATEST_PER_KEY;
  }

  void scan(Optional<RecordIdentifier> after, PageCollector page) {
    boolean found = after.isPresent() ? seekBeyond(after.get()) : seekStart();
    while (found && RowKeys.startsWith(cursor.key(), range)) {
      if (newest) {
        Newest group = new Newest();
        found = collect(group);
        if (!page.offer(group.id.encode(), group.row)) {
          return;
        }
      } else {
        RecordIdentifier id = RowKeys.fromByKey(cursor.key());
        found = page.offer(id.encode(), record(records, id)) && step();
      }
    }
  }

  /** The row of a record that the by-key table has. */
  static byte[] record(LongKeyTable records, RecordIdentifier id) {
    return records
        .get(id.encode())
        .orElseThrow(() -> new StoreCorruptedException("a record of the by-key table is missing"));
  }

  private final class Newest {
    private final byte[] first = cursor.key();
    private RecordIdentifier id = RowKeys.fromByKey(first);
    private byte[] row = record(records, id);
    private Version version = RecordRow.version(row);

    boolean isSameKey(byte[] other) {
      int end = RowKeys.keyEnd(first);
      return RowKeys.keyEnd(other) == end && Arrays.equals(first, 0, end, other, 0, end);
    }

    /** Ties are decided by the author: the greater id is the newer one. */
    void see(RecordIdentifier other) {
      byte[] otherRow = record(records, other);
      Version otherVersion = RecordRow.version(otherRow);
      int order = otherVersion.compareTo(version);
      if (order > 0 || (order == 0 && other.author().compareTo(id.author()) > 0)) {
        id = other;
        row = otherRow;
        version = otherVersion;
      }
    }
  }

  /** Reads the rest of the authors at the key; returns whether there is a row behind them. */
  private boolean collect(Newest group) {
    while (step()) {
      if (!group.isSameKey(cursor.key())) {
        return true;
      }
      group.see(RowKeys.fromByKey(cursor.key()));
    }
    return false;
  }

  private boolean step() {
    return forward ? cursor.next() : cursor.previous();
  }

  private boolean seekStart() {
    if (forward) {
      return cursor.seekCeiling(range);
    }
    Optional<byte[]> end = RowKeys.above(range);
    return end.isPresent() ? AuthorScan.below(cursor, end.get()) : cursor.seekLast();
  }

  private boolean seekBeyond(RecordIdentifier after) {
    if (!newest) {
      byte[] row = RowKeys.byKey(after);
      return (forward ? cursor.seekCeiling(row) : cursor.seekFloor(row))
          && (!Arrays.equals(cursor.key(), row) || step());
    }
    byte[] key = RowKeys.byKeyExact(after.namespace(), after.key());
    if (!forward) {
      return AuthorScan.below(cursor, key);
    }
    Optional<byte[]> behind = RowKeys.above(key);
    return behind.isPresent() && cursor.seekCeiling(behind.get());
  }
}
