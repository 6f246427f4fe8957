package org.docs4j.engine.replica;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * What is known of the authors that a write transaction has come across. It is stored once, in a row of the newest
 * timestamp (8 bytes), which never goes back, whether an entry was ever put above one that stayed (1), and the lengths
 * of the shortest (4) and the longest key (4) that the author ever had there. Numbers are big-endian. The rows of
 * format 1 end before the lengths.
 */
final class Heads {
  /** Beyond so many authors, nobody looks for the newest timestamp of a document. */
  static final int MANY_AUTHORS = 64;

  private static final int SHORTEST = Long.BYTES + 1;
  private static final int LONGEST = SHORTEST + Integer.BYTES;
  private static final int SIZE = LONGEST + Integer.BYTES;

  private final WriteTxn txn;
  private final Map<Owner, Head> heads = new LinkedHashMap<>();
  private final Map<NamespaceId, Document> documents = new HashMap<>();

  Heads(WriteTxn txn) {
    this.txn = txn;
  }

  private record Owner(NamespaceId namespace, AuthorId author) {
    byte[] row() {
      return RowKeys.owner(namespace, author);
    }
  }

  /** The newest timestamp of all authors of a document, unless they are too many. */
  private static final class Document {
    private Timestamp newest = Timestamp.EPOCH;
    private boolean read;
    private boolean tooMany;

    void see(Timestamp timestamp) {
      if (timestamp.isAfter(newest)) {
        newest = timestamp;
      }
    }

    /** Looks at what is stored, once; what is not yet has been seen. */
    void read(WriteTxn txn, NamespaceId namespace) {
      if (read) {
        return;
      }
      read = true;
      byte[] document = namespace.toByteArray();
      try (Cursor cursor = txn.cursor(Tables.HEADS)) {
        int authors = 0;
        boolean found = cursor.seekCeiling(document);
        while (found && !tooMany && RowKeys.startsWith(cursor.key(), document)) {
          see(decode(cursor.value()));
          tooMany = ++authors > MANY_AUTHORS;
          found = cursor.next();
        }
      }
    }
  }

  /** What is known of one author of one document. */
  static final class Head {
    private final Document document;
    private Timestamp newest = Timestamp.EPOCH;
    private boolean covered;
    private int shortest = Integer.MAX_VALUE;
    private int longest = -1;
    private boolean changed;

    private Head(Document document) {
      this.document = document;
    }

    private static Head of(Document document, byte[] row) {
      Head head = new Head(document);
      head.newest = Heads.decode(row);
      head.covered = isCovered(row);
      head.shortest = row.length == SIZE ? ByteBuffer.wrap(row).getInt(SHORTEST) : 0;
      head.longest = row.length == SIZE ? ByteBuffer.wrap(row).getInt(LONGEST) : Integer.MAX_VALUE;
      return head;
    }

    /** Notes an entry of the author. */
    void see(Timestamp timestamp, int keyLength) {
      if (timestamp.isAfter(newest)) {
        newest = timestamp;
        changed = true;
        document.see(timestamp);
      }
      if (keyLength < shortest || keyLength > longest) {
        shortest = Math.min(shortest, keyLength);
        longest = Math.max(longest, keyLength);
        changed = true;
      }
    }

    /** Whether an entry of the author may stand at a proper prefix of a key that is so long. */
    boolean mayBeAbove(int keyLength) {
      return keyLength > shortest;
    }

    /** Whether a key that is so long may be a proper prefix of that of an entry of the author. */
    boolean mayBeBelow(int keyLength) {
      return keyLength < longest;
    }

    /** Whether there never was an entry. */
    boolean isNew() {
      return longest < 0;
    }

    /** The newest timestamp; the epoch if there never was an entry. */
    Timestamp newest() {
      return newest;
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
      ByteBuffer.wrap(row, SHORTEST, SIZE - SHORTEST).putInt(shortest).putInt(longest);
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
    if (row.length != SIZE && row.length != SHORTEST) {
      throw new StoreCorruptedException("the head of an author cannot be read");
    }
  }

  /** The head of an author; a new one begins at the epoch and is kept with the author's first entry. */
  Head of(NamespaceId namespace, AuthorId author) {
    return heads.computeIfAbsent(new Owner(namespace, author), this::load);
  }

  private Head load(Owner owner) {
    Document document = document(owner.namespace);
    Optional<byte[]> row = txn.get(Tables.HEADS, owner.row());
    return row.map(there -> Head.of(document, there)).orElseGet(() -> new Head(document));
  }

  private Document document(NamespaceId namespace) {
    return documents.computeIfAbsent(namespace, id -> new Document());
  }

  /** Whether a timestamp is surely newer than all entries that a document ever had. */
  boolean isNewest(NamespaceId namespace, Timestamp timestamp) {
    Document document = document(namespace);
    document.read(txn, namespace);
    return !document.tooMany && timestamp.isAfter(document.newest);
  }

  /** Forgets what is not stored, of one document. */
  void drop(NamespaceId namespace) {
    heads.keySet().removeIf(owner -> owner.namespace.equals(namespace));
    documents.remove(namespace);
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
