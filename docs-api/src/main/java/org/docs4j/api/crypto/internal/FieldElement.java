package org.docs4j.api.crypto.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * A number modulo p = 2^255 - 19 that is worked on, in five limbs of radix 2^51 (Bernstein et al., "High-speed high-security signatures",
 * section 3; the splitting of products at bit 51 is that of IFMA code). Belongs to one thread.
 *
 * <p>A <em>reduced</em> element has limbs below 2^51 + 2^16, which is what products leave. Sums and differences carry nothing: a sum of
 * two reduced elements has limbs below 2^52 + 2^17, a difference limbs below 2^53. Factors may have limbs up to 2^54 as long as those of
 * both together stay below 2^107, so that the result of one more sum or difference of such values is still a good factor.
 *
 * <p>No operation branches on a value or uses it as an index, but for those whose name says so; the time is that of the multiplications
 * of the machine.
 */
final class FieldElement {
  static final int BYTES = 32;

  /** Words of the packed form. */
  static final int WORDS = 4;

  /** 2^255 - 19. */
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final VarHandle LITTLE_ENDIAN = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = 51;
  private static final long MASK = (1L << BITS) - 1;

  /** The limbs of 2p: what is added so that differences stay positive. */
  private static final long TWO_P0 = 2 * (MASK - 18);

  private static final long TWO_P = 2 * MASK;

  /** Shifts of the two factors that bring bit 51 of their product to bit 64; together 64 - 51. */
  private static final int LEFT_SHIFT = 6;

  private static final int RIGHT_SHIFT = 7;

  private long l0;
  private long l1;
  private long l2;
  private long l3;
  private long l4;

  /** Creates zero. */
  FieldElement() {}

  /** Creates the element that a number stands for. */
  static FieldElement of(BigInteger number) {
    FieldElement element = new FieldElement();
    element.setBytes(Scalar.littleEndian(number.mod(PRIME)), 0);
    return element;
  }

  void setSmall(int value) {
    l0 = value;
    l1 = 0;
    l2 = 0;
    l3 = 0;
    l4 = 0;
  }

  void set(FieldElement other) {
    l0 = other.l0;
    l1 = other.l1;
    l2 = other.l2;
    l3 = other.l3;
    l4 = other.l4;
  }

  /** Reads 32 bytes, little-endian. The highest bit is ignored and the number taken modulo p. */
  void setBytes(byte[] bytes, int offset) {
    unpack(
        (long) LITTLE_ENDIAN.get(bytes, offset),
        (long) LITTLE_ENDIAN.get(bytes, offset + 8),
        (long) LITTLE_ENDIAN.get(bytes, offset + 16),
        (long) LITTLE_ENDIAN.get(bytes, offset + 24));
  }

  /** Reads what {@link #pack} wrote. */
  void unpack(long[] words, int offset) {
    unpack(words[offset], words[offset + 1], words[offset + 2], words[offset + 3]);
  }

  private void unpack(long w0, long w1, long w2, long w3) {
    l0 = w0 & MASK;
    l1 = ((w0 >>> 51) | (w1 << 13)) & MASK;
    l2 = ((w1 >>> 38) | (w2 << 26)) & MASK;
    l3 = ((w2 >>> 25) | (w3 << 39)) & MASK;
    l4 = (w3 >>> 12) & MASK;
  }

  /** Sets this element, reduced, from limbs of radix 2^43, the lower five below that and the last one below 2^45. */
  void setLimbs43(long s0, long s1, long s2, long s3, long s4, long s5) {
    settle(
        (s0 | (s1 << 43)) & MASK,
        ((s1 >>> 8) | (s2 << 35)) & MASK,
        ((s2 >>> 16) | (s3 << 27)) & MASK,
        ((s3 >>> 24) | (s4 << 19)) & MASK,
        (s4 >>> 32) | (s5 << 11));
  }

  /** Writes the least non-negative number that this element stands for, as four words, the lowest first. Normalizes this element. */
  void pack(long[] words, int offset) {
    normalize();
    words[offset] = l0 | (l1 << 51);
    words[offset + 1] = (l1 >>> 13) | (l2 << 38);
    words[offset + 2] = (l2 >>> 26) | (l3 << 25);
    words[offset + 3] = (l3 >>> 39) | (l4 << 12);
  }

  /** Writes the least non-negative number that this element stands for, as 32 bytes, little-endian. Normalizes this element. */
  void toBytes(byte[] bytes, int offset) {
    normalize();
    LITTLE_ENDIAN.set(bytes, offset, l0 | (l1 << 51));
    LITTLE_ENDIAN.set(bytes, offset + 8, (l1 >>> 13) | (l2 << 38));
    LITTLE_ENDIAN.set(bytes, offset + 16, (l2 >>> 26) | (l3 << 25));
    LITTLE_ENDIAN.set(bytes, offset + 24, (l3 >>> 39) | (l4 << 12));
  }

  /** The lowest bit of the least non-negative number that this element stands for. Normalizes this element. */
  int parity() {
    normalize();
    return (int) l0 & 1;
  }

  /** Whether this element is zero modulo p. Normalizes it. */
  boolean isZero() {
    normalize();
    return (l0 | l1 | l2 | l3 | l4) == 0;
  }

  /** Replaces the limbs by those of the least non-negative number that they stand for. */
  private void normalize() {
    carry();
    carry();
    // The number is below 2^255 + small now: it is at least p exactly if adding 19 reaches 2^255.
    long quotient = (l0 + 19) >> BITS;
    quotient = (l1 + quotient) >> BITS;
    quotient = (l2 + quotient) >> BITS;
    quotient = (l3 + quotient) >> BITS;
    quotient = (l4 + quotient) >> BITS;
    l0 += 19 * quotient;
    l1 += l0 >> BITS;
    l2 += l1 >> BITS;
    l3 += l2 >> BITS;
    l4 += l3 >> BITS;
    l0 &= MASK;
    l1 &= MASK;
    l2 &= MASK;
    l3 &= MASK;
    l4 &= MASK;
  }

  /** Reduces this element. */
  void carry() {
    settle(l0, l1, l2, l3, l4);
  }

  /** Takes limbs below 2^63 and carries them once around. */
  private void settle(long t0, long t1, long t2, long t3, long t4) {
    long c1 = t1 + (t0 >>> BITS);
    long c2 = t2 + (c1 >>> BITS);
    long c3 = t3 + (c2 >>> BITS);
    long c4 = t4 + (c3 >>> BITS);
    l0 = (t0 & MASK) + 19 * (c4 >>> BITS);
    l1 = c1 & MASK;
    l2 = c2 & MASK;
    l3 = c3 & MASK;
    l4 = c4 & MASK;
  }

  /** Sets this element to a + b. */
  void setSum(FieldElement a, FieldElement b) {
    l0 = a.l0 + b.l0;
    l1 = a.l1 + b.l1;
    l2 = a.l2 + b.l2;
    l3 = a.l3 + b.l3;
    l4 = a.l4 + b.l4;
  }

  /** Sets this element to a - b; b is reduced. */
  void setDifference(FieldElement a, FieldElement b) {
    l0 = a.l0 + TWO_P0 - b.l0;
    l1 = a.l1 + TWO_P - b.l1;
    l2 = a.l2 + TWO_P - b.l2;
    l3 = a.l3 + TWO_P - b.l3;
    l4 = a.l4 + TWO_P - b.l4;
  }

  /** Changes the sign; this element is reduced before and after. */
  void negate() {
    settle(TWO_P0 - l0, TWO_P - l1, TWO_P - l2, TWO_P - l3, TWO_P - l4);
  }

  /** Swaps two elements if the mask is all ones, and leaves them if it is zero. */
  static void swapIf(long mask, FieldElement a, FieldElement b) {
    long t0 = mask & (a.l0 ^ b.l0);
    long t1 = mask & (a.l1 ^ b.l1);
    long t2 = mask & (a.l2 ^ b.l2);
    long t3 = mask & (a.l3 ^ b.l3);
    long t4 = mask & (a.l4 ^ b.l4);
    a.l0 ^= t0;
    a.l1 ^= t1;
    a.l2 ^= t2;
    a.l3 ^= t3;
    a.l4 ^= t4;
    b.l0 ^= t0;
    b.l1 ^= t1;
    b.l2 ^= t2;
    b.l3 ^= t3;
    b.l4 ^= t4;
  }

  /**
   * Sets this element to a b, reduced; it may be a or b.
   *
   * <p>Each product of limbs is split at bit 51: the upper parts come from products of shifted limbs, and the sum of the lower parts is
   * what remains of the sum of all when the sum of the upper ones is taken away, modulo 2^64, where it fits.
   */
  void setProduct(FieldElement a, FieldElement b) {
    long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
    long b0 = b.l0, b1 = b.l1, b2 = b.l2, b3 = b.l3, b4 = b.l4;
    long x0 = a0 << LEFT_SHIFT, x1 = a1 << LEFT_SHIFT, x2 = a2 << LEFT_SHIFT, x3 = a3 << LEFT_SHIFT, x4 = a4 << LEFT_SHIFT;
    long y0 = b0 << RIGHT_SHIFT, y1 = b1 << RIGHT_SHIFT, y2 = b2 << RIGHT_SHIFT, y3 = b3 << RIGHT_SHIFT, y4 = b4 << RIGHT_SHIFT;

    long h0 = Math.multiplyHigh(x0, y0);
    long h1 = Math.multiplyHigh(x0, y1) + Math.multiplyHigh(x1, y0);
    long h2 = Math.multiplyHigh(x0, y2) + Math.multiplyHigh(x1, y1) + Math.multiplyHigh(x2, y0);
    long h3 = Math.multiplyHigh(x0, y3) + Math.multiplyHigh(x1, y2) + Math.multiplyHigh(x2, y1) + Math.multiplyHigh(x3, y0);
    long h4 =
        Math.multiplyHigh(x0, y4)
            + Math.multiplyHigh(x1, y3)
            + Math.multiplyHigh(x2, y2)
            + Math.multiplyHigh(x3, y1)
            + Math.multiplyHigh(x4, y0);
    long h5 = Math.multiplyHigh(x1, y4) + Math.multiplyHigh(x2, y3) + Math.multiplyHigh(x3, y2) + Math.multiplyHigh(x4, y1);
    long h6 = Math.multiplyHigh(x2, y4) + Math.multiplyHigh(x3, y3) + Math.multiplyHigh(x4, y2);
    long h7 = Math.multiplyHigh(x3, y4) + Math.multiplyHigh(x4, y3);
    long h8 = Math.multiplyHigh(x4, y4);

    long t0 = a0 * b0 - (h0 << BITS);
    long t1 = a0 * b1 + a1 * b0 - (h1 << BITS) + h0;
    long t2 = a0 * b2 + a1 * b1 + a2 * b0 - (h2 << BITS) + h1;
    long t3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << BITS) + h2;
    long t4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << BITS) + h3;
    long t5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << BITS) + h4;
    long t6 = a2 * b4 + a3 * b3 + a4 * b2 - (h6 << BITS) + h5;
    long t7 = a3 * b4 + a4 * b3 - (h7 << BITS) + h6;
    long t8 = a4 * b4 - (h8 << BITS) + h7;
    settle(t0 + 19 * t5, t1 + 19 * t6, t2 + 19 * t7, t3 + 19 * t8, t4 + 19 * h8);
  }

  /** Sets this element to a a, reduced; it may be a. */
  void setSquare(FieldElement a) {
    long a0 = a.l0, a1 = a.l1, a2 = a.l2, a3 = a.l3, a4 = a.l4;
    long x0 = a0 << LEFT_SHIFT, x1 = a1 << LEFT_SHIFT, x2 = a2 << LEFT_SHIFT, x3 = a3 << LEFT_SHIFT, x4 = a4 << LEFT_SHIFT;
    long y0 = a0 << RIGHT_SHIFT, y1 = a1 << RIGHT_SHIFT, y2 = a2 << RIGHT_SHIFT, y3 = a3 << RIGHT_SHIFT, y4 = a4 << RIGHT_SHIFT;

    long h0 = Math.multiplyHigh(x0, y0);
    long h1 = 2 * Math.multiplyHigh(x0, y1);
    long h2 = 2 * Math.multiplyHigh(x0, y2) + Math.multiplyHigh(x1, y1);
    long h3 = 2 * (Math.multiplyHigh(x0, y3) + Math.multiplyHigh(x1, y2));
    long h4 = 2 * (Math.multiplyHigh(x0, y4) + Math.multiplyHigh(x1, y3)) + Math.multiplyHigh(x2, y2);
    long h5 = 2 * (Math.multiplyHigh(x1, y4) + Math.multiplyHigh(x2, y3));
    long h6 = 2 * Math.multiplyHigh(x2, y4) + Math.multiplyHigh(x3, y3);
    long h7 = 2 * Math.multiplyHigh(x3, y4);
    long h8 = Math.multiplyHigh(x4, y4);

    long t0 = a0 * a0 - (h0 << BITS);
    long t1 = 2 * (a0 * a1) - (h1 << BITS) + h0;
    long t2 = 2 * (a0 * a2) + a1 * a1 - (h2 << BITS) + h1;
    long t3 = 2 * (a0 * a3 + a1 * a2) - (h3 << BITS) + h2;
    long t4 = 2 * (a0 * a4 + a1 * a3) + a2 * a2 - (h4 << BITS) + h3;
    long t5 = 2 * (a1 * a4 + a2 * a3) - (h5 << BITS) + h4;
    long t6 = 2 * (a2 * a4) + a3 * a3 - (h6 << BITS) + h5;
    long t7 = 2 * (a3 * a4) - (h7 << BITS) + h6;
    long t8 = a4 * a4 - (h8 << BITS) + h7;
    settle(t0 + 19 * t5, t1 + 19 * t6, t2 + 19 * t7, t3 + 19 * t8, t4 + 19 * h8);
  }

  /** Squares this element so many times. */
  void squareTimes(int times) {
    for (int i = 0; i < times; i++) {
      setSquare(this);
    }
  }
}
