package org.docs4j.api.model;

import org.docs4j.api.crypto.Blake3;

/**
 * The BLAKE3 hash of a blob.
 *
 * @param bytes the 32 bytes
 */
public record Hash(Bytes32 bytes) implements Comparable<Hash> {
  /**
   * Copies the id from exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static Hash of(byte[] bytes) {
    return new Hash(Bytes32.of(bytes));
  }

  /**
   * Reads 64 hexadecimal digits, or 52 characters of base32 as releases up to 0.28 printed them (WIRE 2.5).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Hash parse(String text) {
    return new Hash(IdText.parse(text));
  }

  /** The hash of zero bytes, which marks a deletion (WIRE 3.4). */
  public static final Hash EMPTY = of(Blake3.hash(new byte[0]));

  /** The hash of the given content. */
  public static Hash ofContent(byte[] content) {
    return of(Blake3.hash(content));
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
  public int compareTo(Hash other) {
    return bytes.compareTo(other.bytes);
  }

  /** All 64 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return bytes.hex();
  }
}
