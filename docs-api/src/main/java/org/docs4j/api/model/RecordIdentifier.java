package org.docs4j.api.model;

import org.docs4j.api.MalformedMessageException;

/**
 * What identifies an entry: namespace, author and key. The order is the unsigned order of the concatenated bytes
 * (WIRE 3.2).
 *
 * @param namespace the document
 * @param author who wrote
 * @param key the key within the document
 */
public record RecordIdentifier(NamespaceId namespace, AuthorId author, Key key)
    implements Comparable<RecordIdentifier> {
  /** How many bytes stand before the key: namespace and author. */
  public static final int PREFIX_BYTES = 64;

  /**
   * Reads the wire form: 32 bytes namespace, 32 bytes author, the rest key.
   *
   * @throws MalformedMessageException if there are fewer than 64 bytes, or the key is longer than
   *     {@link Key#MAX_BYTES}
   */
  public static RecordIdentifier decode(byte[] bytes) {
    if (bytes.length < PREFIX_BYTES) {
      throw new MalformedMessageException("record identifier of " + bytes.length + " bytes, at least 64 are needed");
    }
    if (bytes.length - PREFIX_BYTES > Key.MAX_BYTES) {
      throw new MalformedMessageException("key of " + (bytes.length - PREFIX_BYTES) + " bytes, at most 1 MiB is taken");
    }
    return new RecordIdentifier(
        new NamespaceId(Bytes32.of(bytes, 0)),
        new AuthorId(Bytes32.of(bytes, Bytes32.SIZE)),
        new Key(Bytes.of(bytes, PREFIX_BYTES, bytes.length - PREFIX_BYTES)));
  }

  /** The wire form: namespace, author and key without any length. */
  public byte[] encode() {
    byte[] bytes = new byte[size()];
    writeTo(bytes, 0);
    return bytes;
  }

  /** How many bytes the wire form has. */
  public int size() {
    return PREFIX_BYTES + key.size();
  }

  void writeTo(byte[] target, int offset) {
    namespace.bytes().writeTo(target, offset);
    author.bytes().writeTo(target, offset + Bytes32.SIZE);
    key.bytes().writeTo(target, offset + PREFIX_BYTES);
  }

  @Override
  public int compareTo(RecordIdentifier other) {
    int order = namespace.compareTo(other.namespace);
    if (order == 0) {
      order = author.compareTo(other.author);
    }
    return order != 0 ? order : key.compareTo(other.key);
  }
}
