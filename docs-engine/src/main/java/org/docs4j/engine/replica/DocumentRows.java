package org.docs4j.engine.replica;

import java.util.Arrays;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.index.NodeRows;
import org.docs4j.engine.index.RecordRows;
import org.docs4j.engine.index.Version;

/** What the range index of one document reads and writes. */
final class DocumentRows {
  private static final int NODE_KEY = Bytes32.SIZE + Long.BYTES;

  private DocumentRows() {}

  /** The records of a document, read with a cursor that nobody else moves meanwhile. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Records(byte[] namespace, LongKeyCursor cursor) implements RecordRows, RecordRows.Row {
    @Override
    public void visit(byte[] from, Visitor visitor) {
      byte[] start = Arrays.compareUnsigned(from, namespace) < 0 ? namespace : from;
      boolean found = cursor.seekCeiling(start);
      while (found) {
        byte[] id = cursor.key();
        found =
            RowKeys.startsWith(id, namespace)
                && visitor.visit(id, this)
                && cursor.next();
      }
    }

    @Override
    public Fingerprint fingerprint() {
      return RecordRow.fingerprint(cursor.value());
    }

    @Override
    public Version version() {
      return RecordRow.version(cursor.value());
    }
  }

  /** The rows of a document's index. */
  record Nodes(NamespaceId namespace, ReadTxn txn) implements NodeRows {
    @Override
    public Optional<byte[]> load(long number) {
      return txn.get(Tables.INDEX, nodeKey(namespace, number));
    }
  }

  /** The rows of a document's index in the write transaction. */
  record WritableNodes(NamespaceId namespace, WriteTxn txn) implements NodeRows.Writable {
    @Override
    public Optional<byte[]> load(long number) {
      return txn.get(Tables.INDEX, nodeKey(namespace, number));
    }

    @Override
    public void store(long number, byte[] row) {
      txn.put(Tables.INDEX, nodeKey(namespace, number), row);
    }

    @Override
    public void delete(long number) {
      txn.delete(Tables.INDEX, nodeKey(namespace, number));
    }

    @Override
    public long last() {
      try (Cursor cursor = txn.cursor(Tables.INDEX)) {
        if (!cursor.seekFloor(nodeKey(namespace, -1)) || !RowKeys.startsWith(cursor.key(), namespace.toByteArray())) {
          return -1;
        }
        byte[] key = cursor.key();
        if (key.length != NODE_KEY) {
          throw new StoreCorruptedException("a row of the range index has a key of " + key.length + " bytes");
        }
        return RecordRow.LONG.get(key, Bytes32.SIZE);
      }
    }
  }

  private static byte[] nodeKey(NamespaceId namespace, long number) {
    byte[] key = new byte[NODE_KEY];
    namespace.bytes().writeTo(key, 0);
    RecordRow.LONG.set(key, Bytes32.SIZE, number);
    return key;
  }
}
