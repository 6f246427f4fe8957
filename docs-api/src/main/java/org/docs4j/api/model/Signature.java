package org.docs4j.api.model;

import org.docs4j.api.crypto.Ed25519;

/**
 * An Ed25519 signature: 64 bytes, R then S (RFC 8032).
 *
 * @param bytes the 64 bytes
 */
public record Signature(Bytes bytes) {
  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if there are not exactly 64 bytes
   */
  public Signature {
    if (bytes.size() != Ed25519.SIGNATURE_BYTES) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.size());
    }
  }

  /**
   * Copies the 64 bytes of a signature.
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static Signature of(byte[] bytes) {
    return new Signature(Bytes.of(bytes));
  }

  /** A fresh copy of the 64 bytes. */
  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
