package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.store.Table;

/**
 * The removal of a document's rows, which may take several transactions. It goes on behind the last row that it removed:
 * some stores step over every removed row again, from wherever they are asked to begin.
 */
final class DocumentDrop {
  /** The tables with rows of a document, the small ones last. */
  static final List<Table> TABLES =
      List.of(
          Tables.RECORDS, Tables.BY_KEY, Tables.HEADS, Tables.INDEX, Tables.USEFUL_PEERS, Tables.PEERS, Tables.POLICIES,
          Tables.WANTED);

  private static final int AT_ONCE = 256;

  private final byte[] prefix;
  private byte[] from;
  private int done;

  DocumentDrop(NamespaceId namespace) {
    this.prefix = namespace.toByteArray();
    this.from = prefix;
  }

  /** Removes rows until the pause or the end; returns whether it came to the end. */
  boolean goOn(List<LongKeyWriter> tables, BooleanSupplier pause) {
    while (done < tables.size()) {
      if (!clear(tables.get(done), pause)) {
        return false;
      }
      done++;
      from = prefix;
    }
    return true;
  }

  private boolean clear(LongKeyWriter table, BooleanSupplier pause) {
    List<byte[]> keys = new ArrayList<>();
    try (LongKeyCursor cursor = table.cursor()) {
      do {
        keys.clear();
        boolean found = cursor.seekCeiling(from);
        while (found && RowKeys.startsWith(cursor.key(), prefix) && keys.size() < AT_ONCE) {
          keys.add(cursor.key());
          found = cursor.next();
        }
        for (byte[] key : keys) {
          table.delete(key);
          from = key;
          if (pause.getAsBoolean()) {
            return false;
          }
        }
      } while (!keys.isEmpty());
    }
    return true;
  }
}
