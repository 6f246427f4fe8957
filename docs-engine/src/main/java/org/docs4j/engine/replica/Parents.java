package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.index.Version;

/** Looks for the entries at prefixes of the key of one entry that is to be put, until one protects the place. */
final class Parents {
  private final LongKeyCursor cursor;
  private final byte[] id;
  private final Version version;
  private final boolean covered;
  private final List<SignedEntry> protector = new ArrayList<>(1);
  private boolean any;

  /**
   * Begins to look.
   *
   * @param cursor over the records
   * @param id of the entry
   * @param version of the entry
   * @param covered whether the marks of nested entries cannot be trusted
   */
  Parents(LongKeyCursor cursor, byte[] id, Version version, boolean covered) {
    this.cursor = cursor;
    this.id = id;
    this.version = version;
    this.covered = covered;
  }

  /** Whether there is any. */
  boolean any() {
    return any;
  }

  /** Looks where there is an entry at the same key already; returns the one that protects the place. */
  Optional<SignedEntry> of(byte[] existing) {
    if (covered || RecordRow.isNested(existing)) {
      Prefixes.visit(cursor, id, this::see);
    }
    return protector.stream().findFirst();
  }

  /** Looks where there is none; the cursor stands at the next greater key, or nowhere if there is none. */
  Optional<SignedEntry> before(boolean stands) {
    boolean found = stands ? cursor.previous() : cursor.seekLast();
    if (found) {
      look(cursor.key());
    }
    return protector.stream().findFirst();
  }

  private void look(byte[] last) {
    if (Arrays.mismatch(last, id) < RowKeys.OWNER) {
      return;
    }
    byte[] row = cursor.value();
    if (covered || RecordRow.isNested(row)) {
      Prefixes.visitFrom(cursor, true, id, this::see);
    } else if (RowKeys.startsWith(id, last)) {
      see(last, row);
    }
  }

  private boolean see(byte[] key, byte[] value) {
    any = true;
    if (version.compareTo(RecordRow.version(value)) > 0) {
      return true;
    }
    protector.add(RecordRow.decode(key, value));
    return false;
  }
}
