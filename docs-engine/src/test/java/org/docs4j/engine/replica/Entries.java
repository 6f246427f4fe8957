package org.docs4j.engine.replica;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;

/** Makes entries. A replica store does not check signatures, so these only have the right length. */
final class Entries {
  private Entries() {}

  static NamespaceId namespace(int number) {
    return new NamespaceId(id(0x4E00 + number));
  }

  /** The authors' ids lie at both ends and in the middle, to have zeros and ones beside keys. */
  static AuthorId author(int number) {
    byte[] bytes = new byte[Bytes32.SIZE];
    Arrays.fill(bytes, (byte) (number == 0 ? 0 : number == 1 ? 0xFF : number));
    return AuthorId.of(bytes);
  }

  static RecordIdentifier id(NamespaceId namespace, AuthorId author, Key key) {
    return new RecordIdentifier(namespace, author, key);
  }

  static Hash hash(int content) {
    return content == 0 ? Hash.EMPTY : new Hash(id(content));
  }

  /** An entry; content 0 makes a tombstone. */
  static SignedEntry entry(RecordIdentifier id, long timestamp, int content) {
    Record record = new Record(content, hash(content), new Timestamp(timestamp));
    return new SignedEntry(signature(timestamp, content), new Entry(id, record));
  }

  private static EntrySignature signature(long timestamp, int content) {
    byte[] bytes = ByteBuffer.allocate(64).putLong(timestamp).putInt(content).array();
    Signature author = Signature.of(bytes);
    bytes[63] = 1;
    return new EntrySignature(author, Signature.of(bytes));
  }

  private static Bytes32 id(int number) {
    return Bytes32.of(ByteBuffer.allocate(Bytes32.SIZE).putInt(number * 0x9E3779B1).putInt(28, number).array());
  }
}
