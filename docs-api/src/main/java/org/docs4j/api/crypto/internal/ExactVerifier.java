package org.docs4j.api.crypto.internal;

import java.util.Arrays;

/**
 * The cofactor-less equation of Ed25519 for one key, computed as it is written: R must be the encoding of [S]B - [k]A. It is exact for
 * every A, also outside the subgroup of prime order, and never decompresses R. Immutable, for any thread.
 */
final class ExactVerifier implements SignatureBackend.KeyVerifier {
  private static final int KEY_WIDTH = 5;
  private static final int BASE_WIDTH = 8;
  private static final SplitMultiples BASE = new SplitMultiples(basePoint(), false, BASE_WIDTH, true);

  private final byte[] publicKey;
  private final SplitMultiples minusKey;

  ExactVerifier(byte[] publicKey) {
    this.publicKey = publicKey;
    this.minusKey = new SplitMultiples(publicKey, true, KEY_WIDTH, false);
  }

  /** The base point, y = 4/5 and x even (RFC 8032, section 5.1). */
  private static byte[] basePoint() {
    byte[] encoded = new byte[EdwardsPoint.BYTES];
    Arrays.fill(encoded, (byte) 0x66);
    encoded[0] = 0x58;
    return encoded;
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    byte[] s = Arrays.copyOfRange(signature, Scalar.BYTES, 2 * Scalar.BYTES);
    byte[] k = Scalar.challenge(signature, publicKey, message);
    return Arrays.equals(expectedR(s, k), 0, EdwardsPoint.BYTES, signature, 0, EdwardsPoint.BYTES);
  }

  /** The encoding of [S]B - [k]A. */
  byte[] expectedR(byte[] s, byte[] k) {
    byte[] baseDigits = BASE.digits(s);
    byte[] keyDigits = minusKey.digits(k);
    EdwardsPoint sum = new EdwardsPoint();
    for (int bit = SplitMultiples.HALF_BITS - 1; bit >= 0; bit--) {
      sum.twice();
      BASE.addDigits(sum, baseDigits, bit);
      minusKey.addDigits(sum, keyDigits, bit);
    }
    return sum.compress();
  }
}
