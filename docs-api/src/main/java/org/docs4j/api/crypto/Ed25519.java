package org.docs4j.api.crypto;

import org.docs4j.api.crypto.internal.StrictEd25519;

/**
 * Ed25519 signatures as the field uses them: deterministic signing (RFC 8032) and strict verification (WIRE 2.3).
 *
 * <p>All methods may be called from any thread and keep none of the arrays. Which native or portable code does the arithmetic is decided
 * once, at first use, and changes no answer.
 */
public final class Ed25519 {
  /** Bytes in a seed, the secret key. */
  public static final int SEED_BYTES = 32;

  /** Bytes in a public key. */
  public static final int PUBLIC_KEY_BYTES = 32;

  /** Bytes in a signature. */
  public static final int SIGNATURE_BYTES = 64;

  private static final StrictEd25519 STRICT = StrictEd25519.create();

  private Ed25519() {}

  /**
   * Derives the public key of a seed.
   *
   * @param seed 32 secret bytes
   * @return 32 new bytes
   * @throws IllegalArgumentException if the seed is not of 32 bytes
   */
  public static byte[] publicKey(byte[] seed) {
    requireLength("seed", seed, SEED_BYTES);
    return STRICT.publicKey(seed);
  }

  /**
   * Signs a message. The same seed and message always give the same signature.
   *
   * @param seed 32 secret bytes
   * @param publicKey the public key of this seed, so that it is not derived again each time
   * @param message any bytes
   * @return 64 new bytes
   * @throws IllegalArgumentException if a length is wrong, or the public key is not that of the seed: signing under another one would give
   *     the seed away
   */
  public static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    requireLength("seed", seed, SEED_BYTES);
    requireLength("public key", publicKey, PUBLIC_KEY_BYTES);
    return STRICT.sign(seed, publicKey, message);
  }

  /**
   * Verifies a signature by the strict rules that all nodes share: S is below the group order; the key decompresses (a y of p or more is
   * reduced, and hashed as received); neither the key nor R has small order; and R is, byte for byte, the encoding of [S]B - [k]A with
   * k = SHA-512(R | A | M) modulo the order, no cofactor involved.
   *
   * @param publicKey the key, as received
   * @param message the signed bytes
   * @param signature R and S, as received
   * @return whether the signature is valid; false for anything malformed, wrong lengths included
   */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return STRICT.verify(publicKey, message, signature);
  }

  /**
   * Tells whether bytes decompress to a point of the curve. As in the reference, a y of p or more is taken modulo p and a sign on x = 0
   * is ignored; points of small order are points.
   *
   * @param publicKey the bytes, as received
   * @return whether they do; false for a wrong length
   */
  public static boolean isPoint(byte[] publicKey) {
    return STRICT.isPoint(publicKey);
  }

  /**
   * Tells whether there can be valid signatures by a key: it is a point, and not of small order, in whose name anybody could sign.
   *
   * @param publicKey the bytes, as received
   * @return whether there can; false for a wrong length
   */
  public static boolean isStrictKey(byte[] publicKey) {
    return STRICT.isStrictKey(publicKey);
  }

  private static void requireLength(String what, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(what + " of " + bytes.length + " bytes, not of " + length);
    }
  }
}
