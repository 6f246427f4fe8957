package org.docs4j.api.crypto.internal;

/**
 * The odd multiples of a point P and of 2^128 P: with them, two halves of a scalar share their doublings. Immutable, for any thread.
 */
final class SplitMultiples {
  /** Bits in a half. */
  static final int HALF_BITS = 128;

  private final int width;
  private final EdwardsPoint.Addend[] low;
  private final EdwardsPoint.Addend[] high;

  /**
   * Computes the multiples 1, 3, 5, ... below 2^(width-1).
   *
   * @param point P, left as it is
   * @param width of the digits that will be looked up, 3 to 8
   */
  SplitMultiples(EdwardsPoint point, int width) {
    this.width = width;
    EdwardsPoint shifted = point.copy();
    for (int i = 0; i < HALF_BITS; i++) {
      shifted.twice();
    }
    low = oddMultiples(point, 1 << (width - 2));
    high = oddMultiples(shifted, 1 << (width - 2));
  }

  private static EdwardsPoint.Addend[] oddMultiples(EdwardsPoint point, int count) {
    EdwardsPoint twice = point.copy();
    twice.twice();
    EdwardsPoint.Addend step = twice.addend();
    EdwardsPoint multiple = point.copy();
    EdwardsPoint.Addend[] table = new EdwardsPoint.Addend[count];
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        multiple.add(step, false);
      }
      table[i] = multiple.addend();
    }
    return table;
  }

  /** The digits of a scalar, fit for {@link #addDigits}. */
  byte[] digits(byte[] scalar) {
    return Scalar.signedDigits(scalar, width);
  }

  /** Adds what the digits of weight 2^bit and 2^(bit + 128) stand for, divided by 2^bit. */
  void addDigits(EdwardsPoint sum, byte[] digits, int bit) {
    add(sum, low, digits[bit]);
    add(sum, high, digits[bit + HALF_BITS]);
  }

  private static void add(EdwardsPoint sum, EdwardsPoint.Addend[] table, int digit) {
    if (digit > 0) {
      sum.add(table[digit >> 1], false);
    } else if (digit < 0) {
      sum.add(table[-digit >> 1], true);
    }
  }
}
