package org.docs4j.api.crypto.internal;

/**
 * Arithmetic modulo the group order L in limbs of 21 bits, as in the reference implementation "ref10" of Bernstein et al., "High-speed
 * high-security signatures": 2^252 is replaced by -(L - 2^252) until nothing is left above. Takes the same time for all values, so it is
 * fit for secrets.
 */
final class ScalarLimbs {
  private static final int BITS = 21;
  private static final long MASK = (1L << BITS) - 1;

  /** Limbs of a scalar; the last one takes the bits from 231 on. */
  private static final int LIMBS = 12;

  /** 2^252 modulo L, in signed limbs. */
  private static final long[] REPLACEMENT = {666643, 470296, 654183, -997805, 136657, -683901};

  private ScalarLimbs() {}

  /** The 64 bytes of a number, little-endian, modulo L. */
  static byte[] reduce(byte[] number) {
    long[] limbs = new long[2 * LIMBS];
    load(number, 2 * LIMBS, limbs);
    return reduce(limbs);
  }

  /** a b + c modulo L; each is below 2^256. */
  static byte[] multiplyAdd(byte[] a, byte[] b, byte[] c) {
    long[] aLimbs = new long[LIMBS];
    long[] bLimbs = new long[LIMBS];
    long[] limbs = new long[2 * LIMBS];
    load(a, LIMBS, aLimbs);
    load(b, LIMBS, bLimbs);
    load(c, LIMBS, limbs);
    for (int i = 0; i < LIMBS; i++) {
      for (int j = 0; j < LIMBS; j++) {
        limbs[i + j] += aLimbs[i] * bLimbs[j];
      }
    }
    carry(limbs, 0, 2 * LIMBS - 1);
    return reduce(limbs);
  }

  private static byte[] reduce(long[] limbs) {
    replace(limbs, 23, 18);
    carry(limbs, 6, 17);
    replace(limbs, 17, 12);
    carry(limbs, 0, 12);
    replace(limbs, 12, 12);
    carryDown(limbs, 0, 12);
    replace(limbs, 12, 12);
    carryDown(limbs, 0, 11);
    return store(limbs);
  }

  /** Moves the limbs from one down to another, none below 12, twelve places and more down. */
  private static void replace(long[] limbs, int from, int to) {
    for (int i = from; i >= to; i--) {
      for (int j = 0; j < REPLACEMENT.length; j++) {
        limbs[i - LIMBS + j] += limbs[i] * REPLACEMENT[j];
      }
      limbs[i] = 0;
    }
  }

  /** Makes limbs small, between -2^20 and 2^20, and carries into the next one. */
  private static void carry(long[] limbs, int from, int to) {
    for (int i = from; i < to; i++) {
      long carry = (limbs[i] + (1L << (BITS - 1))) >> BITS;
      limbs[i + 1] += carry;
      limbs[i] -= carry << BITS;
    }
  }

  /** Makes limbs non-negative and below 2^21, and carries into the next one. */
  private static void carryDown(long[] limbs, int from, int to) {
    for (int i = from; i < to; i++) {
      limbs[i + 1] += limbs[i] >> BITS;
      limbs[i] &= MASK;
    }
  }

  private static void load(byte[] bytes, int count, long[] limbs) {
    long pending = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < count - 1; i++) {
      while (bits < BITS) {
        pending |= (bytes[at++] & 0xFFL) << bits;
        bits += Byte.SIZE;
      }
      limbs[i] = pending & MASK;
      pending >>>= BITS;
      bits -= BITS;
    }
    while (at < bytes.length) {
      pending |= (bytes[at++] & 0xFFL) << bits;
      bits += Byte.SIZE;
    }
    limbs[count - 1] = pending;
  }

  private static byte[] store(long[] limbs) {
    byte[] bytes = new byte[Scalar.BYTES];
    long pending = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < LIMBS; i++) {
      pending |= limbs[i] << bits;
      bits += BITS;
      while (bits >= Byte.SIZE) {
        bytes[at++] = (byte) pending;
        pending >>>= Byte.SIZE;
        bits -= Byte.SIZE;
      }
    }
    bytes[at] = (byte) pending;
    return bytes;
  }
}
