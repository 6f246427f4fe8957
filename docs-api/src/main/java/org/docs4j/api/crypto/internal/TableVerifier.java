package org.docs4j.api.crypto.internal;

/**
 * The verifier for a key that comes often: with the multiples of B and of the key in tables, [S]B - [k]A is a sum of 64 points at most,
 * without a doubling. Making it takes as long as some eighty verifications by {@link ExactVerifier}. Immutable, for any thread.
 */
final class TableVerifier extends CurveVerifier {
  /** Bits in a window. */
  static final int WIDTH = 8;

  static final PointTable BASE = new PointTable(EdwardsPoint.base(), WIDTH);

  private final PointTable minusKey;

  /** Prepares a key, whose bytes must encode a point and are not modified by anyone. */
  TableVerifier(byte[] publicKey) {
    super(publicKey);
    minusKey = new PointTable(negative(publicKey), WIDTH);
  }

  /** The multiples of the negative of the key. */
  PointTable minusKey() {
    return minusKey;
  }

  @Override
  EdwardsPoint combine(byte[] s, byte[] k) {
    return combine(Scalar.windows(s, WIDTH), Scalar.windows(k, WIDTH));
  }

  /** [S]B - [k]A, the scalars given by their {@linkplain Scalar#windows digits}. */
  EdwardsPoint combine(short[] s, short[] k) {
    EdwardsPoint sum = new EdwardsPoint();
    PointTable.Adder adder = new PointTable.Adder();
    adder.add(sum, BASE, s);
    adder.add(sum, minusKey, k);
    return sum;
  }
}
