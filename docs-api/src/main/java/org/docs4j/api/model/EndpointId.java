package org.docs4j.api.model;

/**
 * The public key of an endpoint, by which peers know each other.
 *
 * @param bytes the 32 bytes
 */
public record EndpointId(Bytes32 bytes) implements Comparable<EndpointId> {
  /**
   * Copies the id from exactly 32 bytes.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static EndpointId of(byte[] bytes) {
    return new EndpointId(Bytes32.of(bytes));
  }

  /**
   * Reads 64 hexadecimal digits, or 52 characters of base32 as releases up to 0.28 printed them (WIRE 2.5).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static EndpointId parse(String text) {
    return new EndpointId(IdText.parse(text));
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
  public int compareTo(EndpointId other) {
    return bytes.compareTo(other.bytes);
  }

  /** All 64 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return bytes.hex();
  }
}
