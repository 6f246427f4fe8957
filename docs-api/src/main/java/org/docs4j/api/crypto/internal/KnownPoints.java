package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Facts about encoded points that can be read off their bytes. The eight points whose order divides the cofactor have y equal to 0, 1,
 * -1 or one of two values of order 8, and no other point has these.
 */
final class KnownPoints {
  private static final int BYTES = EdwardsPoint.BYTES;
  private static final byte[] PRIME = Scalar.littleEndian(FieldElement.PRIME);

  /** The y of two of the four points of order 8; the y of the others is its negative. */
  private static final BigInteger ORDER_EIGHT =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /** Each y below 2^255 that is one of the five modulo p: 0 and 1 are written in two ways. */
  private static final byte[][] SMALL_ORDER = {
    Scalar.littleEndian(BigInteger.ZERO),
    Scalar.littleEndian(BigInteger.ONE),
    Scalar.littleEndian(FieldElement.PRIME.subtract(BigInteger.ONE)),
    Scalar.littleEndian(FieldElement.PRIME),
    Scalar.littleEndian(FieldElement.PRIME.add(BigInteger.ONE)),
    Scalar.littleEndian(ORDER_EIGHT),
    Scalar.littleEndian(FieldElement.PRIME.subtract(ORDER_EIGHT)),
  };

  private KnownPoints() {}

  /** Whether the 32 bytes at an offset encode, in any way and with any sign, a point of order 1, 2, 4 or 8. */
  static boolean isSmallOrder(byte[] bytes, int offset) {
    for (byte[] y : SMALL_ORDER) {
      if (sameY(bytes, offset, y)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameY(byte[] bytes, int offset, byte[] y) {
    int last = BYTES - 1;
    return (bytes[offset + last] & 0x7F) == y[last] && Arrays.equals(bytes, offset, offset + last, y, 0, last);
  }

  /** Whether the y of 32 bytes is below p. The sign is not looked at. */
  static boolean isCanonical(byte[] bytes) {
    for (int i = BYTES - 1; i >= 0; i--) {
      int mask = i == BYTES - 1 ? 0x7F : 0xFF;
      int difference = (bytes[i] & mask) - (PRIME[i] & 0xFF);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
