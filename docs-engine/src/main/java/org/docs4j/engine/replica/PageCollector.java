package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.docs4j.api.Query;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;

/** Takes the results of a query in order until a page is full, or it is told to pause. */
final class PageCollector {
  /** Beyond how many bytes of rows a page is full, however few entries it has. */
  static final long MAX_BYTES = 1 << 20;

  private final boolean includeEmpty;
  private final int max;
  private final BooleanSupplier pause;
  private final List<SignedEntry> entries = new ArrayList<>();
  private long skip;
  private long bytes;
  private Optional<PageMark> rest = Optional.empty();

  PageCollector(Query query, long skip, int max, BooleanSupplier pause) {
    this.includeEmpty = query.includeEmpty();
    this.skip = skip;
    this.max = max;
    this.pause = pause;
  }

  /** Takes an entry, unless it is hidden or passed over; returns whether to look at the next one. */
  boolean offer(byte[] key, byte[] row) {
    if (includeEmpty || !RecordRow.isEmpty(row)) {
      if (skip > 0) {
        skip--;
      } else {
        entries.add(RecordRow.decode(key, row));
        bytes += key.length + row.length;
      }
    }
    return goesOn(key);
  }

  /** Notes that a record was looked at; returns whether to look at the next one. */
  boolean goesOn(byte[] key) {
    if (entries.size() >= max || bytes >= MAX_BYTES || pause.getAsBoolean()) {
      rest = Optional.of(new PageMark(RowKeys.identifier(key), skip));
    }
    return rest.isEmpty();
  }

  /**
   * Notes that a record was looked at, behind which there are others at its key.
   *
   * @param newest the newest one at the key so far
   * @return whether to look at the next one
   */
  boolean goesOnWithin(RecordIdentifier at, RecordIdentifier newest) {
    if (pause.getAsBoolean()) {
      rest = Optional.of(new PageMark(at, skip, Optional.of(newest)));
    }
    return rest.isEmpty();
  }

  Page page() {
    return new Page(entries, rest);
  }
}
