package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.Query;
import org.docs4j.api.model.SignedEntry;

/** Takes the results of a query in order until a page is full. */
final class PageCollector {
  /** Beyond how many bytes of rows a page is full, however few entries it has. */
  static final long MAX_BYTES = 1 << 20;

  private final boolean includeEmpty;
  private final int max;
  private final List<SignedEntry> entries = new ArrayList<>();
  private long skip;
  private long bytes;

  PageCollector(Query query, long skip, int max) {
    this.includeEmpty = query.includeEmpty();
    this.skip = skip;
    this.max = max;
  }

  /** Takes an entry, unless it is hidden or passed over; returns whether there is room for another one. */
  boolean offer(byte[] key, byte[] row) {
    if (!includeEmpty && RecordRow.isEmpty(row)) {
      return true;
    }
    if (skip > 0) {
      skip--;
      return true;
    }
    entries.add(RecordRow.decode(key, row));
    bytes += key.length + row.length;
    return entries.size() < max && bytes < MAX_BYTES;
  }

  List<SignedEntry> entries() {
    return entries;
  }
}
