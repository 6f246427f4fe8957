package org.docs4j.api.crypto.internal;

import java.math.BigInteger;

/**
 * The multiples of one point that any scalar is a short sum of: j 2^(w i) P for each window i of w bits and each j from 1 to 2^(w-1), so
 * that a product takes one addition for each window and no doubling (Bernstein et al., "High-speed high-security signatures", section 4,
 * whose windows have 4 bits). Immutable, for any thread. Looking a multiple up takes time that depends on the digit.
 *
 * <p>Windows of 8 bits take 384 KiB, of 7 bits 222 KiB, of 6 bits 129 KiB.
 */
final class PointTable {
  /** Scalars are below 2^253, and the highest window must take a carry from below. */
  private static final int SCALAR_BITS = 254;

  /** Numbers of a multiple. */
  static final int PARTS = 3;

  /** Words of a multiple: (y + x)/2, (y - x)/2 and d x y, packed. */
  static final int ENTRY_WORDS = PARTS * FieldElement.WORDS;

  /** The neutral element, x = 0 and y = 1, as a multiple is stored. */
  private static final long[] NEUTRAL = neutral();

  private final int width;
  private final int entries;
  private final long[] words;

  /**
   * Computes the multiples.
   *
   * @param point P, left as it is
   * @param width w, 2 to 8
   */
  PointTable(EdwardsPoint point, int width) {
    this.width = width;
    entries = 1 << (width - 1);
    int windows = windows(width);
    words = new long[windows * entries * ENTRY_WORDS];
    EdwardsPoint base = point.copy();
    for (int window = 0; window < windows; window++) {
      base = fill(base, window);
    }
  }

  private static long[] neutral() {
    FieldElement half = FieldElement.of(FieldElement.PRIME.add(BigInteger.ONE).shiftRight(1));
    long[] words = new long[ENTRY_WORDS];
    half.pack(words, 0);
    half.pack(words, FieldElement.WORDS);
    return words;
  }

  /** A word of the neutral element. */
  static long neutralWord(int number) {
    return NEUTRAL[number];
  }

  /** How many digits a scalar has. */
  static int windows(int width) {
    return (SCALAR_BITS + width - 1) / width;
  }

  /** Writes the multiples 1 to 2^(w-1) of a point and returns 2^w times it. */
  private EdwardsPoint fill(EdwardsPoint base, int window) {
    EdwardsPoint[] multiples = new EdwardsPoint[entries];
    FieldElement[] inverses = new FieldElement[entries];
    EdwardsPoint.Addend step = base.addend();
    EdwardsPoint sum = base;
    for (int i = 0; i < entries; i++) {
      multiples[i] = sum;
      inverses[i] = new FieldElement();
      inverses[i].setSum(sum.denominator(), sum.denominator());
      sum = sum.copy();
      sum.add(step, false);
    }
    FieldPowers.invertAll(inverses);
    for (int i = 0; i < entries; i++) {
      multiples[i].packAffine(inverses[i], words, (window * entries + i) * ENTRY_WORDS);
    }
    EdwardsPoint next = multiples[entries - 1];
    next.twice();
    return next;
  }

  /** Bits in a window. */
  int width() {
    return width;
  }

  /** Multiples in a window. */
  int entries() {
    return entries;
  }

  /** All multiples, those of the lowest window first, of {@link #ENTRY_WORDS} words each; not to be modified. */
  long[] words() {
    return words;
  }

  /** The multiples of each window from 0 on, the numbers of each multiple in lanes one behind the other. */
  FieldLanes[] lanes() {
    FieldLanes[] all = new FieldLanes[windows(width)];
    for (int window = 0; window < all.length; window++) {
      all[window] = new FieldLanes((entries + 1) * PARTS);
      for (int multiple = 0; multiple <= entries; multiple++) {
        for (int part = 0; part < PARTS; part++) {
          int at = at(window, multiple) + part * FieldElement.WORDS;
          all[window].setWords(multiple * PARTS + part, words(multiple), at, false);
        }
      }
    }
    return all;
  }

  /** Where in {@link #words(int)} the multiple by a digit of a window is, or that by its negative. */
  int at(int window, int digit) {
    return digit == 0 ? 0 : (window * entries + Math.abs(digit) - 1) * ENTRY_WORDS;
  }

  /** The words that hold the multiples by a digit: for zero, only the neutral element. */
  long[] words(int digit) {
    return digit == 0 ? NEUTRAL : words;
  }

  /** Adds multiples of a point to a sum. Belongs to one thread. */
  static final class Adder {
    private final FieldElement plus = new FieldElement();
    private final FieldElement minus = new FieldElement();
    private final FieldElement product = new FieldElement();

    /** Adds the multiple of the table's point by a scalar, given by its {@linkplain Scalar#windows digits} in the table's width. */
    void add(EdwardsPoint sum, PointTable table, short[] digits) {
      int row = 0;
      for (short digit : digits) {
        if (digit != 0) {
          int at = row + (Math.abs(digit) - 1) * ENTRY_WORDS;
          plus.unpack(table.words, at);
          minus.unpack(table.words, at + FieldElement.WORDS);
          product.unpack(table.words, at + 2 * FieldElement.WORDS);
          sum.addAffine(plus, minus, product, digit < 0);
        }
        row += table.entries * ENTRY_WORDS;
      }
    }
  }
}
