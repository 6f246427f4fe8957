package org.docs4j.api.model;

import java.nio.ByteBuffer;
import org.docs4j.api.crypto.Blake3;

/**
 * One entry of a document: its identifier and its record, not yet signed.
 *
 * @param id namespace, author and key
 * @param record content and time
 */
public record Entry(RecordIdentifier id, Record record) {
  private static final int FIXED_SUFFIX_BYTES = 8 + Bytes32.SIZE + 8;

  /** Whether this entry marks a deletion. */
  public boolean isEmpty() {
    return record.isEmpty();
  }

  /** The bytes that both keys sign (WIRE 2.2): namespace, author, key, length, hash, timestamp. */
  public byte[] canonicalBytes() {
    byte[] bytes = new byte[id.size() + FIXED_SUFFIX_BYTES];
    id.writeTo(bytes, 0);
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    numbers.putLong(id.size(), record.length());
    record.hash().bytes().writeTo(bytes, id.size() + 8);
    numbers.putLong(id.size() + 8 + Bytes32.SIZE, record.timestamp().micros());
    return bytes;
  }

  /** The entry's own fingerprint (WIRE 3.7): BLAKE3 of namespace, author, key, timestamp and hash. */
  public Fingerprint fingerprint() {
    byte[] bytes = new byte[id.size() + 8 + Bytes32.SIZE];
    id.writeTo(bytes, 0);
    ByteBuffer.wrap(bytes, id.size(), 8).putLong(record.timestamp().micros());
    record.hash().bytes().writeTo(bytes, id.size() + 8);
    return new Fingerprint(Bytes32.of(Blake3.hash(bytes)));
  }

  /** Signs with both keys; the caller sees to it that they are those of the identifier. */
  public SignedEntry sign(NamespaceSecret namespace, Author author) {
    byte[] message = canonicalBytes();
    return new SignedEntry(new EntrySignature(author.sign(message), namespace.sign(message)), this);
  }
}
