package org.docs4j.api.crypto.internal;

/**
 * The verifier for any key, cheap to make: the scalars of B and of the key share 128 doublings, with digits in width-w NAF ("Straus's
 * trick" over split scalars). Immutable, for any thread.
 */
final class ExactVerifier extends CurveVerifier {
  private static final int KEY_WIDTH = 5;
  private static final int BASE_WIDTH = 8;
  private static final SplitMultiples BASE = new SplitMultiples(EdwardsPoint.base(), BASE_WIDTH);

  private final SplitMultiples minusKey;

  /** Prepares a key, whose bytes must encode a point and are not modified by anyone. */
  ExactVerifier(byte[] publicKey) {
    super(publicKey);
    minusKey = new SplitMultiples(negative(publicKey), KEY_WIDTH);
  }

  @Override
  EdwardsPoint combine(byte[] s, byte[] k) {
    byte[] baseDigits = BASE.digits(s);
    byte[] keyDigits = minusKey.digits(k);
    EdwardsPoint sum = new EdwardsPoint();
    for (int bit = SplitMultiples.HALF_BITS - 1; bit >= 0; bit--) {
      sum.twice();
      BASE.addDigits(sum, baseDigits, bit);
      minusKey.addDigits(sum, keyDigits, bit);
    }
    return sum;
  }
}
