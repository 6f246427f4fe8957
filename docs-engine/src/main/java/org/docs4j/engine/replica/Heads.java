package org.docs4j.engine.replica;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.WriteTxn;

/** The heads that a write transaction has come across; each is stored once, and never goes back. */
final class Heads {
  private record Owner(NamespaceId namespace, AuthorId author) {
    byte[] row() {
      return RowKeys.owner(namespace, author);
    }
  }

  private record Head(Timestamp newest, boolean changed) {}

  private final WriteTxn txn;
  private final Map<Owner, Head> heads = new LinkedHashMap<>();

  Heads(WriteTxn txn) {
    this.txn = txn;
  }

  static Timestamp decode(byte[] row) {
    if (row.length != Long.BYTES) {
      throw new StoreCorruptedException("the head of an author cannot be read");
    }
    return new Timestamp(RecordRow.LONG.get(row, 0));
  }

  /** Notes an entry of an author. */
  void see(NamespaceId namespace, AuthorId author, Timestamp timestamp) {
    Owner owner = new Owner(namespace, author);
    Optional<Head> known = Optional.ofNullable(heads.get(owner)).or(() -> load(owner));
    if (known.isEmpty() || timestamp.isAfter(known.get().newest)) {
      heads.put(owner, new Head(timestamp, true));
    } else {
      heads.put(owner, known.get());
    }
  }

  private Optional<Head> load(Owner owner) {
    return txn.get(Tables.HEADS, owner.row()).map(row -> new Head(decode(row), false));
  }

  /** Forgets what is not stored, of one document. */
  void drop(NamespaceId namespace) {
    heads.keySet().removeIf(owner -> owner.namespace.equals(namespace));
  }

  /** Stores all heads that changed. */
  void flush() {
    heads.forEach(
        (owner, head) -> {
          if (head.changed) {
            byte[] row = new byte[Long.BYTES];
            RecordRow.LONG.set(row, 0, head.newest.micros());
            txn.put(Tables.HEADS, owner.row(), row);
          }
        });
    heads.clear();
  }
}
