package org.docs4j.api.crypto.internal;

import java.util.Arrays;

/**
 * Many numbers modulo p = 2^255 - 19 side by side, one in each lane: limb k of all of them is an array of doubles. A number is the sum of
 * its limbs times 2^(43 k); limbs are whole numbers of either sign, and since 2^258 = 152 modulo p, what overflows comes back 152 times.
 *
 * <p>A <em>reduced</em> limb is at most 2^42 + 2^18, or comes from {@link #setWords} and lies between 0 and 2^43. Belongs to one thread.
 */
final class FieldLanes {
  /** Limbs of a number. */
  static final int LIMBS = 6;

  /** Bits between limbs. */
  static final int BITS = 43;

  /** 2^258 modulo p. */
  static final int FOLD = 152;

  private static final long MASK = (1L << BITS) - 1;

  private final double[][] limbs;

  /** Creates zeros. */
  FieldLanes(int lanes) {
    limbs = new double[LIMBS][lanes];
  }

  /** A limb of all numbers; to be changed by {@link LaneArithmetic} only. */
  double[] limb(int k) {
    return limbs[k];
  }

  /** Sets the first numbers to a small one. */
  void fill(int lanes, int value) {
    for (int k = 0; k < LIMBS; k++) {
      Arrays.fill(limbs[k], 0, lanes, k == 0 ? value : 0);
    }
  }

  /** Sets a number to that of four packed words ({@link FieldElement#pack}), or to its negative. */
  void setWords(int lane, long[] words, int at, boolean negative) {
    long w0 = words[at];
    long w1 = words[at + 1];
    long w2 = words[at + 2];
    long w3 = words[at + 3];
    long mask = MASK;
    long sign = negative ? -1 : 1;
    limbs[0][lane] = sign * (w0 & mask);
    limbs[1][lane] = sign * (((w0 >>> 43) | (w1 << 21)) & mask);
    limbs[2][lane] = sign * (((w1 >>> 22) | (w2 << 42)) & mask);
    limbs[3][lane] = sign * ((w2 >>> 1) & mask);
    limbs[4][lane] = sign * (((w2 >>> 44) | (w3 << 20)) & mask);
    limbs[5][lane] = sign * (w3 >>> 23);
  }

  /** Sets an element to the number of a lane, reduced. */
  void get(int lane, FieldElement element) {
    // 2^258 - 152 is a multiple of p that makes the number positive.
    long s0 = (long) limbs[0][lane] - FOLD;
    long s1 = (long) limbs[1][lane] + (s0 >> BITS);
    long s2 = (long) limbs[2][lane] + (s1 >> BITS);
    long s3 = (long) limbs[3][lane] + (s2 >> BITS);
    long s4 = (long) limbs[4][lane] + (s3 >> BITS);
    long s5 = (long) limbs[5][lane] + (1L << BITS) + (s4 >> BITS);
    element.setLimbs43(s0 & MASK, s1 & MASK, s2 & MASK, s3 & MASK, s4 & MASK, s5);
  }
}
