package org.docs4j.api.crypto.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The base point times secret scalars: no branch and no address depends on the scalar. Each multiple is picked by reading all of its
 * window and keeping one under a mask (Bernstein et al., "High-speed high-security signatures", section 4).
 */
final class BaseMultiples {
  /** Windows of 5 bits, 78 KiB: larger ones save additions and lose as much by reading more multiples for each. */
  private static final PointTable TABLE = new PointTable(EdwardsPoint.base(), 5);

  /** The same multiples, for sums side by side. */
  private static final FieldLanes[] WINDOWS = TABLE.lanes();

  /** From how many on it is faster to multiply side by side than one after the other. */
  private static final int LEAST_LANES = 32;

  private static final int ENTRY_WORDS = PointTable.ENTRY_WORDS;

  private BaseMultiples() {}

  /** The base point times a scalar below L. */
  static EdwardsPoint times(byte[] scalar) {
    short[] digits = Scalar.windows(scalar, TABLE.width());
    EdwardsPoint sum = new EdwardsPoint();
    long[] picked = new long[ENTRY_WORDS];
    FieldElement plus = new FieldElement();
    FieldElement minus = new FieldElement();
    FieldElement product = new FieldElement();
    FieldElement negated = new FieldElement();
    for (int window = 0; window < digits.length; window++) {
      int digit = digits[window];
      int sign = digit >> 31;
      pick(window, (digit ^ sign) - sign, picked);
      plus.unpack(picked, 0);
      minus.unpack(picked, FieldElement.WORDS);
      product.unpack(picked, 2 * FieldElement.WORDS);
      FieldElement.swapIf(sign, plus, minus);
      negated.set(product);
      negated.negate();
      FieldElement.swapIf(sign, product, negated);
      sum.addAffine(plus, minus, product, false);
    }
    return sum;
  }

  /** The base point times many scalars below L, in their order: from some tens on for a fraction of the time. */
  static List<EdwardsPoint> timesAll(List<byte[]> scalars) {
    List<EdwardsPoint> products = new ArrayList<>(scalars.size());
    for (int from = 0; from < scalars.size(); from += TableSums.LANES) {
      List<byte[]> some = scalars.subList(from, Math.min(scalars.size(), from + TableSums.LANES));
      if (some.size() >= LEAST_LANES && FusedMultiplyAdd.isFast()) {
        PointLanes lanes = sideBySide(some);
        for (int i = 0; i < some.size(); i++) {
          products.add(lanes.point(i));
        }
      } else {
        some.forEach(scalar -> products.add(times(scalar)));
      }
    }
    return products;
  }

  private static PointLanes sideBySide(List<byte[]> scalars) {
    int count = scalars.size();
    PointLanes lanes = new PointLanes(count);
    List<short[]> digits = new ArrayList<>(count);
    scalars.forEach(scalar -> digits.add(Scalar.windows(scalar, TABLE.width())));
    double[][] weights = new double[TABLE.entries() + 1][count];
    double[] negative = new double[count];
    for (int window = 0; window < PointTable.windows(TABLE.width()); window++) {
      for (int i = 0; i < count; i++) {
        int digit = digits.get(i)[window];
        int sign = digit >> 31;
        int multiple = (digit ^ sign) - sign;
        negative[i] = sign & 1;
        for (int entry = 0; entry < weights.length; entry++) {
          weights[entry][i] = maskIfZero(entry ^ multiple) & 1;
        }
      }
      lanes.chooseSecretly(WINDOWS[window], weights, negative);
      lanes.add();
    }
    return lanes;
  }

  /** Writes the multiple by a number from 0 to 2^(w-1) of a window's point. */
  private static void pick(int window, int multiple, long[] picked) {
    int at = window * TABLE.entries() * ENTRY_WORDS;
    for (int part = 0; part < ENTRY_WORDS; part += FieldElement.WORDS) {
      pickPart(at + part, multiple, picked, part);
    }
    long neutral = maskIfZero(multiple);
    for (int i = 0; i < ENTRY_WORDS; i++) {
      picked[i] |= PointTable.neutralWord(i) & neutral;
    }
  }

  private static void pickPart(int at, int multiple, long[] picked, int part) {
    long[] words = TABLE.words();
    int entries = TABLE.entries();
    long w0 = 0;
    long w1 = 0;
    long w2 = 0;
    long w3 = 0;
    int from = at;
    for (int entry = 1; entry <= entries; entry++) {
      long mask = maskIfZero(entry ^ multiple);
      w0 |= words[from] & mask;
      w1 |= words[from + 1] & mask;
      w2 |= words[from + 2] & mask;
      w3 |= words[from + 3] & mask;
      from += ENTRY_WORDS;
    }
    picked[part] = w0;
    picked[part + 1] = w1;
    picked[part + 2] = w2;
    picked[part + 3] = w3;
  }

  /** All ones for zero, else zero; the number is not negative. */
  private static long maskIfZero(int number) {
    return (number - 1L) >> 63;
  }
}
