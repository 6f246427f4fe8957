package org.docs4j.engine.replica;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;

/** Rows of the meta table that say what is unfinished: the word, then the namespace; at most one for a document. */
final class UnfinishedRows {
  /** With which the keys of these rows begin. */
  static final byte[] PREFIX = "unfinished".getBytes(StandardCharsets.US_ASCII);

  private static final int DROP = 0;
  private static final int PUT = 1;

  private UnfinishedRows() {}

  static byte[] key(NamespaceId namespace) {
    byte[] key = Arrays.copyOf(PREFIX, PREFIX.length + Bytes32.SIZE);
    namespace.bytes().writeTo(key, PREFIX.length);
    return key;
  }

  /** The kind of work and, for an entry, the entry as on the wire (WIRE 3.1). */
  static byte[] encode(Unfinished work) {
    PostcardWriter out = new PostcardWriter();
    if (work instanceof Unfinished.Put put) {
      EntryCodec.writeSignedEntry(out.variant(PUT), put.entry());
    } else {
      out.variant(DROP);
    }
    return out.toByteArray();
  }

  static Unfinished decode(byte[] key, byte[] row) {
    if (key.length == PREFIX.length + Bytes32.SIZE) {
      NamespaceId namespace = new NamespaceId(Bytes32.of(key, PREFIX.length));
      try {
        PostcardReader in = new PostcardReader(row);
        Unfinished work =
            in.variant(2, "unfinished work") == DROP
                ? new Unfinished.Drop(namespace)
                : new Unfinished.Put(EntryCodec.readSignedEntry(in));
        in.expectEnd();
        if (work.namespace().equals(namespace)) {
          return work;
        }
      } catch (MalformedMessageException e) {
        throw new StoreCorruptedException("the mark of unfinished work cannot be read", e);
      }
    }
    throw new StoreCorruptedException("the mark of unfinished work cannot be read");
  }
}
