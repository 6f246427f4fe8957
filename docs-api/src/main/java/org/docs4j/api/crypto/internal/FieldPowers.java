package org.docs4j.api.crypto.internal;

import java.math.BigInteger;

/** Inverses and square roots modulo 2^255 - 19, as powers with fixed exponents: time does not depend on the value. */
final class FieldPowers {
  /** A square root of -1, 2^((p-1)/4). */
  private static final FieldElement ROOT_OF_MINUS_ONE =
      FieldElement.of(BigInteger.TWO.modPow(FieldElement.PRIME.shiftRight(2), FieldElement.PRIME));

  private FieldPowers() {}

  /** Sets an element to a^(p-2), the inverse of a, or zero for zero. The result may be a. */
  static void invert(FieldElement a, FieldElement result) {
    FieldElement a11 = new FieldElement();
    FieldElement power = allOnes(a, a11);
    power.squareTimes(5);
    result.setProduct(power, a11);
  }

  /**
   * Inverts many elements for the price of one and three products each ("Montgomery's trick", Montgomery 1987, section 10.3.1).
   *
   * @param elements none of them zero modulo p; each is replaced by its inverse
   */
  static void invertAll(FieldElement... elements) {
    FieldElement[] before = new FieldElement[elements.length];
    FieldElement product = new FieldElement();
    product.setSmall(1);
    for (int i = 0; i < elements.length; i++) {
      before[i] = new FieldElement();
      before[i].set(product);
      product.setProduct(product, elements[i]);
    }
    invert(product, product);
    for (int i = elements.length - 1; i >= 0; i--) {
      before[i].setProduct(before[i], product);
      product.setProduct(product, elements[i]);
      elements[i].set(before[i]);
    }
  }

  /**
   * Sets an element to a square root of u/v (RFC 8032, section 5.1.3); u is reduced.
   *
   * @return whether there is one; if not, the result is useless
   */
  static boolean squareRootOfRatio(FieldElement u, FieldElement v, FieldElement result) {
    FieldElement v3 = new FieldElement();
    v3.setSquare(v);
    v3.setProduct(v3, v);
    FieldElement uv3 = new FieldElement();
    uv3.setProduct(u, v3);
    FieldElement uv7 = new FieldElement();
    uv7.setSquare(v3);
    uv7.setProduct(uv7, v);
    uv7.setProduct(uv7, u);
    // u v^3 (u v^7)^((p-5)/8), where (p-5)/8 = 2^252 - 3.
    FieldElement power = allOnes(uv7, new FieldElement());
    power.squareTimes(2);
    power.setProduct(power, uv7);
    result.setProduct(uv3, power);

    FieldElement check = new FieldElement();
    check.setSquare(result);
    check.setProduct(check, v);
    FieldElement difference = new FieldElement();
    difference.setDifference(check, u);
    if (difference.isZero()) {
      return true;
    }
    difference.setSum(check, u);
    result.setProduct(result, ROOT_OF_MINUS_ONE);
    return difference.isZero();
  }

  /** Returns a^(2^250 - 1), and a^11 beside it, by the chain of Bernstein, "Curve25519", section 5. */
  private static FieldElement allOnes(FieldElement a, FieldElement a11) {
    FieldElement a9 = new FieldElement();
    FieldElement t = new FieldElement();
    a9.setSquare(a);
    FieldElement a2 = new FieldElement();
    a2.set(a9);
    a9.squareTimes(2);
    a9.setProduct(a9, a);
    a11.setProduct(a9, a2);
    t.setSquare(a11);
    t.setProduct(t, a9);
    FieldElement ones5 = t;
    FieldElement ones10 = doubled(ones5, 5);
    FieldElement ones20 = doubled(ones10, 10);
    FieldElement ones40 = doubled(ones20, 20);
    FieldElement ones50 = joined(ones40, 10, ones10);
    FieldElement ones100 = doubled(ones50, 50);
    FieldElement ones200 = doubled(ones100, 100);
    return joined(ones200, 50, ones50);
  }

  private static FieldElement doubled(FieldElement ones, int length) {
    return joined(ones, length, ones);
  }

  /** The power whose exponent is that of the first, shifted, and that of the second below it. */
  private static FieldElement joined(FieldElement upper, int shift, FieldElement lower) {
    FieldElement result = new FieldElement();
    result.set(upper);
    result.squareTimes(shift);
    result.setProduct(result, lower);
    return result;
  }
}
