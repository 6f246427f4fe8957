package org.docs4j.engine.replica;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * What is known of the authors that a write transaction has come across: the newest timestamp, which never goes back,
 * and whether an entry was ever put above one that stayed. A row has 8 bytes, big-endian, and one; it is stored once.
 */
final class Heads {
  private static final int SIZE = Long.BYTES + 1;

  private final WriteTxn txn;
  private final Map<Owner, Head> heads = new LinkedHashMap<>();

  Heads(WriteTxn txn) {
    this.txn = txn;
  }

  private record Owner(NamespaceId namespace, AuthorId author) {
    byte[] row() {
      return RowKeys.owner(namespace, author);
    }
  }

  /** What is known of one author of one document. */
  static final class Head {
    private Timestamp newest = Timestamp.EPOCH;
    private boolean covered;
    private boolean changed;

    private static Head of(byte[] row) {
      Head head = new Head();
      head.newest = Heads.decode(row);
      head.covered = isCovered(row);
      return head;
    }

    /** Notes an entry of the author. */
    void see(Timestamp timestamp) {
      if (timestamp.isAfter(newest)) {
        newest = timestamp;
        changed = true;
      }
    }

    /** Whether an entry was put at a prefix of the key of one that was there and stayed. */
    boolean covered() {
      return covered;
    }

    void cover() {
      changed |= !covered;
      covered = true;
    }

    private byte[] encode() {
      byte[] row = new byte[SIZE];
      RecordRow.LONG.set(row, 0, newest.micros());
      row[Long.BYTES] = (byte) (covered ? 1 : 0);
      return row;
    }
  }

  /** The newest timestamp of a row. */
  static Timestamp decode(byte[] row) {
    check(row);
    return new Timestamp(RecordRow.LONG.get(row, 0));
  }

  /** Whether the row says that an entry was put at a prefix of the key of one that stayed. */
  static boolean isCovered(byte[] row) {
    check(row);
    return row[Long.BYTES] != 0;
  }

  private static void check(byte[] row) {
    if (row.length != SIZE) {
      throw new StoreCorruptedException("the head of an author cannot be read");
    }
  }

  /** The head of an author; a new one begins at the epoch and is kept with the author's first entry. */
  Head of(NamespaceId namespace, AuthorId author) {
    return heads.computeIfAbsent(new Owner(namespace, author), this::load);
  }

  private Head load(Owner owner) {
    Optional<byte[]> row = txn.get(Tables.HEADS, owner.row());
    return row.map(Head::of).orElseGet(Head::new);
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
            txn.put(Tables.HEADS, owner.row(), head.encode());
          }
        });
    heads.clear();
  }
}
