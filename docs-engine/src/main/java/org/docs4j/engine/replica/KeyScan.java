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

  /** Whether the cursor stands at a row. */
  private boolean found;

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

  void scan(Optional<PageMark> from, PageCollector page) {
    Optional<Newest> underWay = from.flatMap(PageMark::newest).flatMap(this::again);
    found = from.isPresent() ? seek(from.get(), underWay.isPresent()) : seekStart(range);
    if (underWay.isPresent() && !goOn(underWay.get(), page)) {
      return;
    }
    while (found && RowKeys.startsWith(cursor.key(), range)) {
      if (newest) {
        Newest group = begin();
        if (!finish(group, group.id, page)) {
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

  /** The newest record so far at a key. */
  private final class Newest {
    private final byte[] first;
    private RecordIdentifier id;
    private byte[] row;
    private Version version;

    Newest(byte[] first, RecordIdentifier id, byte[] row) {
      this.first = first;
      this.id = id;
      this.row = row;
      this.version = RecordRow.version(row);
    }

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

  /** What was the newest record of a key when the query paused there; empty if it was removed since. */
  private Optional<Newest> again(RecordIdentifier id) {
    return records.get(id.encode()).map(row -> new Newest(RowKeys.byKey(id), id, row));
  }

  private Newest begin() {
    byte[] first = cursor.key();
    RecordIdentifier id = RowKeys.fromByKey(first);
    return new Newest(first, id, record(records, id));
  }

  /** Goes on with a key at which the query paused; returns whether to look at the next key. */
  private boolean goOn(Newest group, PageCollector page) {
    if (!found || !group.isSameKey(cursor.key())) {
      return page.offer(group.id.encode(), group.row);
    }
    RecordIdentifier at = RowKeys.fromByKey(cursor.key());
    group.see(at);
    return finish(group, at, page);
  }

  /** Looks at the authors of a key behind the given one; returns whether to look at the next key. */
  private boolean finish(Newest group, RecordIdentifier seen, PageCollector page) {
    RecordIdentifier at = seen;
    found = step();
    while (found && group.isSameKey(cursor.key())) {
      if (!page.goesOnWithin(at, group.id)) {
        return false;
      }
      at = RowKeys.fromByKey(cursor.key());
      group.see(at);
      found = step();
    }
    return page.offer(group.id.encode(), group.row);
  }

  private boolean step() {
    return forward ? cursor.next() : cursor.previous();
  }

  /** To the first row, in the order of the query, of those that begin with the given bytes, or the one behind them. */
  private boolean seekStart(byte[] prefix) {
    if (forward) {
      return cursor.seekCeiling(prefix);
    }
    Optional<byte[]> end = RowKeys.above(prefix);
    return end.isPresent() ? AuthorScan.below(cursor, end.get()) : cursor.seekLast();
  }

  /** To where the query goes on: to the first author at a key anew, if the newest record there so far was removed. */
  private boolean seek(PageMark from, boolean underWay) {
    if (!newest || underWay) {
      byte[] row = RowKeys.byKey(from.at());
      return (forward ? cursor.seekCeiling(row) : cursor.seekFloor(row))
          && (!Arrays.equals(cursor.key(), row) || step());
    }
    byte[] key = RowKeys.byKeyExact(from.at().namespace(), from.at().key());
    return from.newest().isPresent() ? seekStart(key) : seekBeyond(key);
  }

  private boolean seekBeyond(byte[] key) {
    if (!forward) {
      return AuthorScan.below(cursor, key);
    }
    Optional<byte[]> behind = RowKeys.above(key);
    return behind.isPresent() && cursor.seekCeiling(behind.get());
  }
}
