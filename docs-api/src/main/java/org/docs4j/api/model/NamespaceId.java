package org.docs4j.api.model;

/**
 * The public key of a document's namespace, which is the document's id.
 *
 * @param bytes the 32 bytes
 */
public record NamespaceId(Bytes32 bytes) implements Comparable<NamespaceId> {
  /**
   * Copies the id from exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static NamespaceId of(byte[] bytes) {
    return new NamespaceId(Bytes32.of(bytes));
  }

  /**
   * Reads 64 hexadecimal digits, or 52 characters of base32 as releases up to 0.28 printed them (WIRE 2.5).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static NamespaceId parse(String text) {
    return new NamespaceId(IdText.parse(text));
  }

  /** The gossip topic of the document: the same 32 bytes. */
  public TopicId topic() {
    return new TopicId(bytes);
  }

  /** A fresh copy of the 32 bytes. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /** The first ten hexadecimal digits, for logs. */
  public String shortText() {
    return bytes.shortHex();
  }

  @Override
  public int compareTo(NamespaceId other) {
    return bytes.compareTo(other.bytes);
  }

  /** All 64 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return bytes.hex();
  }
}
