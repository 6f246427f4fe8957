package org.docs4j.api.model;

/**
 * The public key of an author.
 *
 * @param bytes the 32 bytes
 */
public record AuthorId(Bytes32 bytes) implements Comparable<AuthorId> {
  /**
   * Copies the id from exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static AuthorId of(byte[] bytes) {
    return new AuthorId(Bytes32.of(bytes));
  }

  /**
   * Reads 64 hexadecimal digits, or 52 characters of base32 as releases up to 0.28 printed them (WIRE 2.5).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static AuthorId parse(String text) {
    return new AuthorId(IdText.parse(text));
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
  public int compareTo(AuthorId other) {
    return bytes.compareTo(other.bytes);
  }

  /** All 64 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return bytes.hex();
  }
}
