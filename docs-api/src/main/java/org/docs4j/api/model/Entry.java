package org.docs4j.api.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.crypto.SigningKey;

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
    return signAll(List.of(this), namespace, author).get(0);
  }

  /**
   * Signs many entries of one document and one author, each as {@link #sign} does, for less time than one after the other.
   *
   * @return the signed entries in the same order; a new list
   */
  public static List<SignedEntry> signAll(List<Entry> entries, NamespaceSecret namespace, Author author) {
    List<SigningKey> keys = new ArrayList<>(2 * entries.size());
    List<byte[]> messages = new ArrayList<>(2 * entries.size());
    for (Entry entry : entries) {
      byte[] message = entry.canonicalBytes();
      keys.add(author.key());
      messages.add(message);
      keys.add(namespace.key());
      messages.add(message);
    }
    List<byte[]> signatures = SigningKey.signAll(keys, messages);
    List<SignedEntry> signed = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      EntrySignature both = new EntrySignature(Signature.of(signatures.get(2 * i)), Signature.of(signatures.get(2 * i + 1)));
      signed.add(new SignedEntry(both, entries.get(i)));
    }
    return signed;
  }
}
