package org.docs4j.api.crypto.internal;

/**
 * Sums of points side by side, one in each lane, in the coordinates and by the formulas of {@link EdwardsPoint}; for many sums, several
 * times as fast. Belongs to one thread.
 */
final class PointLanes {
  private final int lanes;
  private final LaneArithmetic arithmetic;
  private final FieldLanes x;
  private final FieldLanes y;
  private final FieldLanes z;
  private final FieldLanes u;
  private final FieldLanes v;
  private final FieldLanes a;
  private final FieldLanes b;
  private final FieldLanes plus;
  private final FieldLanes minus;
  private final FieldLanes product;

  /** Creates sums that are the neutral element. */
  PointLanes(int lanes) {
    this.lanes = lanes;
    arithmetic = new LaneArithmetic(lanes);
    x = new FieldLanes(lanes);
    y = new FieldLanes(lanes);
    z = new FieldLanes(lanes);
    u = new FieldLanes(lanes);
    v = new FieldLanes(lanes);
    a = new FieldLanes(lanes);
    b = new FieldLanes(lanes);
    plus = new FieldLanes(lanes);
    minus = new FieldLanes(lanes);
    product = new FieldLanes(lanes);
    y.fill(lanes, 1);
    z.fill(lanes, 1);
    v.fill(lanes, 1);
  }

  /** Chooses what {@link #add} will add in a lane: a multiple that a table has, its negative for a negative digit, nothing for zero. */
  void choose(int lane, PointTable table, int window, int digit) {
    boolean negative = digit < 0;
    long[] words = table.words(digit);
    int at = table.at(window, digit);
    (negative ? minus : plus).setWords(lane, words, at, false);
    (negative ? plus : minus).setWords(lane, words, at + FieldElement.WORDS, false);
    product.setWords(lane, words, at + 2 * FieldElement.WORDS, negative);
  }

  /**
   * As {@link #choose}, in all lanes and for secret digits: all multiples of a window are read, each is weighed by zero or one, and the
   * weighed ones are summed up.
   *
   * @param multiples of the window, see {@link PointTable#lanes}
   * @param weights for each number from 0 to the table's entries and each lane, one if the digit is this number or its negative, else zero
   * @param negative for each lane, one if the digit is negative, else zero
   */
  void chooseSecretly(FieldLanes multiples, double[][] weights, double[] negative) {
    for (int part = 0; part < PointTable.PARTS; part++) {
      FieldLanes chosen = part == 0 ? plus : part == 1 ? minus : product;
      for (int k = 0; k < FieldLanes.LIMBS; k++) {
        double[] limb = chosen.limb(k);
        double[] of = multiples.limb(k);
        LaneArithmetic.scale(lanes, weights[0], of[part], limb);
        for (int multiple = 1; multiple < weights.length; multiple += 4) {
          int at = multiple * PointTable.PARTS + part;
          LaneArithmetic.addScaled(
              lanes,
              weights[multiple], of[at],
              weights[multiple + 1], of[at + PointTable.PARTS],
              weights[multiple + 2], of[at + 2 * PointTable.PARTS],
              weights[multiple + 3], of[at + 3 * PointTable.PARTS],
              limb);
        }
      }
    }
    for (int k = 0; k < FieldLanes.LIMBS; k++) {
      LaneArithmetic.swapIf(lanes, negative, plus.limb(k), minus.limb(k));
      LaneArithmetic.negateIf(lanes, negative, product.limb(k));
    }
  }

  /** Adds to each sum what was chosen for it. */
  void add() {
    arithmetic.sumAndDifference(lanes, y, x, b, a);
    arithmetic.product(lanes, a, minus, a);
    arithmetic.product(lanes, b, plus, b);
    arithmetic.product(lanes, product, u, product);
    arithmetic.product(lanes, product, v, product);
    arithmetic.sumAndDifference(lanes, b, a, v, u);
    arithmetic.sumAndDifference(lanes, z, product, b, a);
    arithmetic.product(lanes, u, a, x);
    arithmetic.product(lanes, b, v, y);
    arithmetic.product(lanes, a, b, z);
  }

  /** The sum of a lane, a new point. */
  EdwardsPoint point(int lane) {
    return new EdwardsPoint(x, y, z, lane);
  }
}
