package org.docs4j.api.crypto;

import java.util.List;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.docs4j.api.crypto.internal.StrictEd25519;
import org.docs4j.api.crypto.internal.VerificationBatch;

/**
 * Ed25519 verification as the field uses it, strict (WIRE 2.3). {@link SignatureBatch} verifies many signatures for less, with the same
 * answers; {@link SigningKey} signs.
 *
 * <p>All methods may be called from any thread and keep none of the arrays. What is worth keeping about a
 * public key is kept: a key that comes again and again gets a table of its multiples, of 384 KiB, at most 32 of them.
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

  static KeySigner signer(byte[] seed) {
    return STRICT.signer(seed);
  }

  static List<byte[]> signAll(List<KeySigner> signers, List<byte[]> messages) {
    return STRICT.signAll(signers, messages);
  }

  static boolean findQuickerSigning() {
    return STRICT.findQuickerSigning();
  }

  static VerificationBatch batch() {
    return STRICT.batch();
  }
}
