package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A point of the Ed25519 curve that is worked on: extended coordinates (Hisil et al. 2008), x = X/Z, y = Y/Z, and T = U V with
 * x y = T/Z, where the product is taken only when an addition needs it. Belongs to one thread.
 *
 * <p>The formulas are complete for this curve: no pair of points is a special case. Their time does not depend on the points.
 */
final class EdwardsPoint {
  static final int BYTES = 32;

  private static final BigInteger D_NUMBER =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(FieldElement.PRIME));
  private static final FieldElement D = FieldElement.of(D_NUMBER);
  private static final FieldElement TWO_D = FieldElement.of(D_NUMBER.shiftLeft(1));
  private static final FieldElement FOUR_D = FieldElement.of(D_NUMBER.shiftLeft(2));
  private static final FieldElement ONE = FieldElement.of(BigInteger.ONE);

  private final FieldElement x = new FieldElement();
  private final FieldElement y = new FieldElement();
  private final FieldElement z = new FieldElement();
  private final FieldElement u = new FieldElement();
  private final FieldElement v = new FieldElement();
  private final FieldElement a = new FieldElement();
  private final FieldElement b = new FieldElement();
  private final FieldElement c = new FieldElement();
  private final FieldElement e = new FieldElement();

  /** A point to be added often, as it enters the sum: (Y + X, Y - X, 2Z, 2dT). */
  static final class Addend {
    private final FieldElement plus = new FieldElement();
    private final FieldElement minus = new FieldElement();
    private final FieldElement twoZ = new FieldElement();
    private final FieldElement product = new FieldElement();

    private Addend() {}
  }

  /** Creates the neutral element. */
  EdwardsPoint() {
    y.setSmall(1);
    z.setSmall(1);
    v.setSmall(1);
  }

  /** Takes the sum of a lane, only to be compressed. */
  EdwardsPoint(FieldLanes xs, FieldLanes ys, FieldLanes zs, int lane) {
    xs.get(lane, x);
    ys.get(lane, y);
    zs.get(lane, z);
  }

  /** The base point, y = 4/5 and x even (RFC 8032, section 5.1). */
  static EdwardsPoint base() {
    byte[] encoded = new byte[BYTES];
    FieldElement.of(BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(FieldElement.PRIME))).toBytes(encoded, 0);
    EdwardsPoint base = new EdwardsPoint();
    if (!base.decompress(encoded)) {
      throw new AssertionError("the base point is on the curve");
    }
    return base;
  }

  /** A new point of the same value. */
  EdwardsPoint copy() {
    EdwardsPoint copy = new EdwardsPoint();
    copy.set(this);
    return copy;
  }

  private void set(EdwardsPoint other) {
    x.set(other.x);
    y.set(other.y);
    z.set(other.z);
    u.set(other.u);
    v.set(other.v);
  }

  /**
   * Sets this point to the one that 32 bytes encode. The number y is taken modulo p, and a sign on x = 0 is ignored, as the reference's
   * library does (WIRE 2.3); RFC 8032 would refuse both. Time depends on the bytes.
   *
   * @return whether the bytes encode a point; if not, this point is useless
   */
  boolean decompress(byte[] bytes) {
    y.setBytes(bytes, 0);
    c.setSquare(y);
    a.setDifference(c, ONE);
    a.carry();
    b.setProduct(D, c);
    b.setSum(b, ONE);
    if (!FieldPowers.squareRootOfRatio(a, b, x)) {
      return false;
    }
    if (x.parity() != (bytes[BYTES - 1] >>> 7 & 1)) {
      x.negate();
    }
    z.setSmall(1);
    u.set(x);
    v.set(y);
    return true;
  }

  /** The 32 bytes of this point, with y below p (RFC 8032, section 5.1.2). */
  byte[] compress() {
    FieldElement inverse = new FieldElement();
    FieldPowers.invert(z, inverse);
    return compress(inverse);
  }

  /** The encodings of many points, for the price of one inversion. */
  static List<byte[]> compressAll(List<EdwardsPoint> points) {
    FieldElement[] inverses = new FieldElement[points.size()];
    for (int i = 0; i < inverses.length; i++) {
      inverses[i] = new FieldElement();
      inverses[i].set(points.get(i).z);
    }
    FieldPowers.invertAll(inverses);
    List<byte[]> encodings = new ArrayList<>(inverses.length);
    for (int i = 0; i < inverses.length; i++) {
      encodings.add(points.get(i).compress(inverses[i]));
    }
    return encodings;
  }

  /** Z, whose inverse {@link #compress(FieldElement)} takes; never zero. */
  FieldElement denominator() {
    return z;
  }

  /** The 32 bytes of this point, given the inverse of its denominator. */
  byte[] compress(FieldElement inverse) {
    a.setProduct(x, inverse);
    b.setProduct(y, inverse);
    byte[] bytes = new byte[BYTES];
    b.toBytes(bytes, 0);
    bytes[BYTES - 1] |= (byte) (a.parity() << 7);
    return bytes;
  }

  /** Replaces this point by its negative. */
  void negate() {
    x.negate();
    u.carry();
    u.negate();
  }

  /** Replaces this point by its double ("dbl-2008-hwcd", a = -1). */
  void twice() {
    u.setSum(x, y);
    u.setSquare(u);
    a.setSquare(x);
    b.setSquare(y);
    c.setSquare(z);
    c.setSum(c, c);
    v.setSum(a, b);
    e.setDifference(a, b);
    c.setSum(c, e);
    u.setDifference(v, u);
    // Now u = E, v = H, c = F, e = G of the formulas with G and H negated, and so E and F.
    x.setProduct(u, c);
    y.setProduct(e, v);
    z.setProduct(c, e);
  }

  /** Adds a point, or its negative, to this one ("add-2008-hwcd-3"). */
  void add(Addend other, boolean negative) {
    z.setProduct(z, other.twoZ);
    addWithDenominators(negative ? other.minus : other.plus, negative ? other.plus : other.minus, other.product, negative);
  }

  /**
   * Adds a point, or its negative, that is given by (y + x)/2, (y - x)/2 and d x y, all reduced ("madd-2008-hwcd-3", everything halved).
   */
  void addAffine(FieldElement plus, FieldElement minus, FieldElement product, boolean negative) {
    addWithDenominators(negative ? minus : plus, negative ? plus : minus, product, negative);
  }

  /** The rest of both formulas, with D in z. */
  private void addWithDenominators(FieldElement plus, FieldElement minus, FieldElement product, boolean negative) {
    a.setDifference(y, x);
    a.setProduct(a, minus);
    b.setSum(y, x);
    b.setProduct(b, plus);
    c.setProduct(u, v);
    c.setProduct(c, product);
    u.setDifference(b, a);
    v.setSum(b, a);
    FieldElement difference = negative ? b : a;
    FieldElement sum = negative ? a : b;
    difference.setDifference(z, c);
    sum.setSum(z, c);
    // Now u = E, v = H, a = F, b = G of the formulas, and U V is the new T.
    x.setProduct(u, a);
    y.setProduct(b, v);
    z.setProduct(a, b);
  }

  /** This point as an addend. */
  Addend addend() {
    Addend result = new Addend();
    result.plus.setSum(y, x);
    result.plus.carry();
    result.minus.setDifference(y, x);
    result.minus.carry();
    result.twoZ.setSum(z, z);
    result.twoZ.carry();
    result.product.setProduct(u, v);
    result.product.setProduct(result.product, TWO_D);
    return result;
  }

  /**
   * Writes this point as {@link #addAffine} takes it: (y + x)/2, (y - x)/2 and d x y, packed one behind the other.
   *
   * @param inverse of twice the denominator
   * @param words receives three times {@link FieldElement#WORDS} words
   * @param offset where they start
   */
  void packAffine(FieldElement inverse, long[] words, int offset) {
    a.setProduct(x, inverse);
    b.setProduct(y, inverse);
    c.setSum(b, a);
    c.pack(words, offset);
    c.setDifference(b, a);
    c.pack(words, offset + FieldElement.WORDS);
    c.setProduct(a, b);
    c.setProduct(c, FOUR_D);
    c.pack(words, offset + 2 * FieldElement.WORDS);
  }
}
