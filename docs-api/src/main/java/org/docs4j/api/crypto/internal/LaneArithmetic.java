package org.docs4j.api.crypto.internal;

import java.util.Arrays;

/**
 * Arithmetic on {@link FieldLanes}, in short loops of doubles over all lanes, which the JIT compiler turns into vector instructions; one
 * that does not, computes the same.
 *
 * <p>Everything is exact. A product of limbs is split by two fused multiply-adds: adding it to a large number c rounds it to a multiple
 * of 2^45, and taking what was rounded away from the product leaves the rest ("Dekker's trick" with fused operations; Emmart et al.,
 * "Faster modular exponentiation using double precision floating point arithmetic on the GPU", section III, for integers). With factors
 * of at most 2^43 + 2^19 a column of six products, five of them times 152, stays within 2^95.6 of c = 1.5 2^97, and all sums
 * of rests and carries below 2^53.
 *
 * <p>No operation branches on a value or uses it as an index, and none meets a subnormal number. Belongs to one thread.
 */
final class LaneArithmetic {
  private static final int LIMBS = FieldLanes.LIMBS;
  private static final double FOLD = FieldLanes.FOLD;
  private static final double RADIX = 0x1p43;
  private static final double INVERSE_RADIX = 0x1p-43;

  /** Adding it rounds to a multiple of 2^45. */
  private static final double SPLITTER = 0x1.8p97;

  /** Adding it rounds to a whole number. */
  private static final double ROUNDER = 0x1.8p52;

  private final double[][] high;
  private final double[][] low;
  private final double[][] folded;
  private final double[] carries;

  /** Serves elements of so many lanes. */
  LaneArithmetic(int lanes) {
    high = new double[LIMBS][lanes];
    low = new double[LIMBS][lanes];
    folded = new double[LIMBS][lanes];
    carries = new double[lanes];
  }

  /**
   * Sets an element to x y, reduced; it may be x or y.
   *
   * @param lanes how many lanes count
   * @param x reduced, or the sum or difference of two that are
   * @param y the same
   */
  void product(int lanes, FieldLanes x, FieldLanes y, FieldLanes result) {
    for (int k = 1; k < LIMBS; k++) {
      scale(lanes, y.limb(k), FOLD, folded[k]);
    }
    for (int k = 0; k < LIMBS; k++) {
      // Column k: the limbs of y from k downwards, then from 5 downwards those that come back.
      beginColumn(lanes, x.limb(0), factor(y, k, 0), x.limb(1), factor(y, k, 1), high[k], low[k]);
      addToColumn(lanes, x.limb(2), factor(y, k, 2), x.limb(3), factor(y, k, 3), high[k], low[k]);
      addToColumn(lanes, x.limb(4), factor(y, k, 4), x.limb(5), factor(y, k, 5), high[k], low[k]);
    }
    Arrays.fill(carries, 0, lanes, 0);
    carry(lanes, high[LIMBS - 1], FOLD * INVERSE_RADIX, low[0], carries, result.limb(0));
    for (int k = 1; k < LIMBS; k++) {
      carry(lanes, high[k - 1], INVERSE_RADIX, low[k], carries, result.limb(k));
    }
    addScaled(lanes, carries, FOLD, result.limb(0));
  }

  /** Sets two elements to x + y and x - y of reduced ones; all four differ. */
  void sumAndDifference(int lanes, FieldLanes x, FieldLanes y, FieldLanes sum, FieldLanes difference) {
    for (int k = 0; k < LIMBS; k++) {
      sumAndDifference(lanes, x.limb(k), y.limb(k), sum.limb(k), difference.limb(k));
    }
  }

  private double[] factor(FieldLanes y, int column, int place) {
    return place <= column ? y.limb(column - place) : folded[column - place + LIMBS];
  }

  /** Sets numbers to others times a constant. */
  static void scale(int lanes, double[] x, double factor, double[] result) {
    for (int i = 0; i < lanes; i++) {
      result[i] = factor * x[i];
    }
  }

  private static void addScaled(int lanes, double[] x, double factor, double[] sum) {
    for (int i = 0; i < lanes; i++) {
      sum[i] = Math.fma(x[i], factor, sum[i]);
    }
  }

  /** Adds four arrays, each times a constant, to numbers. */
  static void addScaled(
      int lanes, double[] v, double ofV, double[] w, double ofW, double[] x, double ofX, double[] y, double ofY, double[] sum) {
    for (int i = 0; i < lanes; i++) {
      sum[i] = Math.fma(v[i], ofV, Math.fma(w[i], ofW, Math.fma(x[i], ofX, Math.fma(y[i], ofY, sum[i]))));
    }
  }

  /** Swaps numbers below 2^52 where the condition is one, and leaves them where it is zero. */
  static void swapIf(int lanes, double[] condition, double[] x, double[] y) {
    for (int i = 0; i < lanes; i++) {
      double change = (y[i] - x[i]) * condition[i];
      x[i] = x[i] + change;
      y[i] = y[i] - change;
    }
  }

  /** Changes the sign of numbers where the condition is one, and leaves them where it is zero. */
  static void negateIf(int lanes, double[] condition, double[] x) {
    for (int i = 0; i < lanes; i++) {
      x[i] = x[i] - 2 * condition[i] * x[i];
    }
  }

  private static void beginColumn(int lanes, double[] x, double[] y, double[] v, double[] w, double[] high, double[] low) {
    for (int i = 0; i < lanes; i++) {
      double first = Math.fma(x[i], y[i], SPLITTER);
      double both = Math.fma(v[i], w[i], first);
      low[i] = Math.fma(x[i], y[i], SPLITTER - first) + Math.fma(v[i], w[i], first - both);
      high[i] = both;
    }
  }

  private static void addToColumn(int lanes, double[] x, double[] y, double[] v, double[] w, double[] high, double[] low) {
    for (int i = 0; i < lanes; i++) {
      double before = high[i];
      double first = Math.fma(x[i], y[i], before);
      double both = Math.fma(v[i], w[i], first);
      low[i] = low[i] + Math.fma(x[i], y[i], before - first) + Math.fma(v[i], w[i], first - both);
      high[i] = both;
    }
  }

  /** A limb from its column, the upper part of the column below and the carry, which is replaced. */
  private static void carry(int lanes, double[] high, double weight, double[] low, double[] carries, double[] result) {
    for (int i = 0; i < lanes; i++) {
      double sum = Math.fma(high[i] - SPLITTER, weight, low[i] + carries[i]);
      double carry = Math.fma(sum, INVERSE_RADIX, ROUNDER) - ROUNDER;
      result[i] = Math.fma(carry, -RADIX, sum);
      carries[i] = carry;
    }
  }

  private static void sumAndDifference(int lanes, double[] x, double[] y, double[] sum, double[] difference) {
    for (int i = 0; i < lanes; i++) {
      sum[i] = x[i] + y[i];
      difference[i] = x[i] - y[i];
    }
  }
}
