package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Scalars of Ed25519: numbers modulo the order L of the base point, as 32 bytes, little-endian (RFC 8032, section 5.1). */
final class Scalar {
  static final int BYTES = 32;

  /** The order of the base point, 2^252 + 27742317777372353535851937790883648493. */
  static final BigInteger ORDER = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final byte[] ORDER_BYTES = littleEndian(ORDER);
  private static final int BITS = 256;

  private Scalar() {}

  /** Whether the 32 bytes at an offset are a number below L, that is, not malleable. */
  static boolean isCanonical(byte[] bytes, int offset) {
    for (int i = BYTES - 1; i >= 0; i--) {
      int difference = (bytes[offset + i] & 0xFF) - (ORDER_BYTES[i] & 0xFF);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  /** The challenge of a signature: SHA-512(R | A | M) modulo L, with R and A as they came. */
  static byte[] challenge(byte[] signature, byte[] publicKey, byte[] message) {
    MessageDigest digest = sha512();
    digest.update(signature, 0, BYTES);
    digest.update(publicKey);
    digest.update(message);
    return ScalarLimbs.reduce(digest.digest());
  }

  /** SHA-512 of the platform; every JDK has it. */
  static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("a Java platform without SHA-512", e);
    }
  }

  /**
   * Recodes a scalar into signed odd digits, at most one in any {@code width} neighbours (width-w NAF), so that the scalar is the sum of
   * digit i times 2^i. Digits lie between -2^(width-1) and 2^(width-1). The scalar is below 2^255.
   */
  static byte[] signedDigits(byte[] scalar, int width) {
    byte[] digits = new byte[BITS];
    int carry = 0;
    int at = 0;
    while (at < BITS) {
      if (bits(scalar, at, 1) == carry) {
        at++;
        continue;
      }
      int window = bits(scalar, at, width) + carry;
      carry = window >> (width - 1);
      digits[at] = (byte) (window - (carry << width));
      at += width;
    }
    return digits;
  }

  /**
   * Recodes a scalar into signed digits of fixed windows, so that the scalar is the sum of digit i times 2^(width i). Digits lie between
   * -2^(width-1) and 2^(width-1). The scalar is below 2^253.
   */
  static short[] windows(byte[] scalar, int width) {
    short[] digits = new short[PointTable.windows(width)];
    int carry = 0;
    for (int i = 0; i < digits.length; i++) {
      int digit = bits(scalar, i * width, width) + carry;
      carry = (digit + (1 << (width - 1))) >> width;
      digits[i] = (short) (digit - (carry << width));
    }
    return digits;
  }

  private static int bits(byte[] scalar, int at, int count) {
    int first = at >>> 3;
    int word = scalar[first] & 0xFF;
    if (first + 1 < BYTES) {
      word |= (scalar[first + 1] & 0xFF) << 8;
    }
    return (word >>> (at & 7)) & ((1 << count) - 1);
  }

  /** The 32 bytes of a number below 2^256. */
  static byte[] littleEndian(BigInteger number) {
    byte[] bigEndian = number.toByteArray();
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < Math.min(BYTES, bigEndian.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return bytes;
  }
}
