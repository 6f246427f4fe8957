package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * A point of the Ed25519 curve that is worked on: extended coordinates (Hisil et al. 2008), x = X/Z, y = Y/Z, and T = U V with
 * x y = T/Z. Field arithmetic is BouncyCastle's; times depend on the values, so this is for public data only.
 *
 * <p>Sums and differences are left without carries between limbs as long as a product may take them: two sums of products are in range,
 * a third needs {@link X25519Field#carry}.
 */
final class EdwardsPoint {
  static final int BYTES = 32;

  /** 2^255 - 19. */
  static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private static final int[] D = field(d());
  private static final int[] TWO_D = field(d().shiftLeft(1).mod(PRIME));
  private static final int[] HALF = field(BigInteger.TWO.modInverse(PRIME));

  private final int[] x = X25519Field.create();
  private final int[] y = X25519Field.create();
  private final int[] z = X25519Field.create();
  private final int[] u = X25519Field.create();
  private final int[] v = X25519Field.create();
  private final int[] a = X25519Field.create();
  private final int[] b = X25519Field.create();
  private final int[] c = X25519Field.create();
  private final int[] e = X25519Field.create();

  /** A point to be added often: (Y + X, Y - X, 2Z, 2dT) as they enter the sum, or their halves with Z = 1. */
  static final class Addend {
    private final int[] plus = X25519Field.create();
    private final int[] minus = X25519Field.create();
    private final int[] twoZ = X25519Field.create();
    private final int[] product = X25519Field.create();
    private final boolean affine;

    private Addend(boolean affine) {
      this.affine = affine;
    }
  }

  /** Creates the neutral element. */
  EdwardsPoint() {
    X25519Field.one(y);
    X25519Field.one(z);
    X25519Field.one(v);
  }

  private static BigInteger d() {
    return BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(PRIME)).mod(PRIME);
  }

  private static int[] field(BigInteger number) {
    int[] element = X25519Field.create();
    X25519Field.decode255(Scalar.littleEndian(number), 0, element, 0);
    return element;
  }

  /**
   * Sets this point to the one that 32 bytes encode. The number y is taken modulo p, and a sign on x = 0 is ignored, as the reference's
   * library does (WIRE 2.3); RFC 8032 would refuse both.
   *
   * @return whether the bytes encode a point; if not, this point is useless
   */
  boolean decompress(byte[] bytes) {
    X25519Field.decode255(bytes, 0, y, 0);
    X25519Field.sqr(y, a);
    X25519Field.mul(D, a, b);
    X25519Field.subOne(a);
    X25519Field.addOne(b);
    if (!X25519Field.sqrtRatioVar(a, b, x)) {
      return false;
    }
    X25519Field.normalize(x);
    if ((x[0] & 1) != (bytes[BYTES - 1] >>> 7 & 1)) {
      X25519Field.negate(x, x);
      X25519Field.carry(x);
    }
    X25519Field.one(z);
    X25519Field.copy(x, 0, u, 0);
    X25519Field.copy(y, 0, v, 0);
    return true;
  }

  /** The 32 bytes of this point, with y below p (RFC 8032, section 5.1.2). */
  byte[] compress() {
    X25519Field.invVar(z, a);
    X25519Field.mul(x, a, b);
    X25519Field.mul(y, a, c);
    X25519Field.normalize(b);
    X25519Field.normalize(c);
    byte[] bytes = new byte[BYTES];
    X25519Field.encode(c, bytes, 0);
    bytes[BYTES - 1] |= (byte) ((b[0] & 1) << 7);
    return bytes;
  }

  /** Replaces this point by its negative. */
  void negate() {
    X25519Field.negate(x, x);
    X25519Field.carry(x);
    X25519Field.negate(u, u);
    X25519Field.carry(u);
  }

  /** Replaces this point by its double ("dbl-2008-hwcd", a = -1). */
  void twice() {
    X25519Field.add(x, y, u);
    X25519Field.sqr(u, u);
    X25519Field.sqr(x, a);
    X25519Field.sqr(y, b);
    X25519Field.sqr(z, c);
    X25519Field.add(c, c, c);
    X25519Field.apm(a, b, v, e);
    X25519Field.sub(v, u, u);
    X25519Field.add(c, e, c);
    X25519Field.carry(c);
    X25519Field.mul(u, c, x);
    X25519Field.mul(e, v, y);
    X25519Field.mul(c, e, z);
  }

  /** Adds a point, or its negative, to this one ("add-2008-hwcd-3", complete for this curve). */
  void add(Addend other, boolean negative) {
    X25519Field.apm(y, x, b, a);
    X25519Field.mul(a, negative ? other.plus : other.minus, a);
    X25519Field.mul(b, negative ? other.minus : other.plus, b);
    X25519Field.mul(u, v, c);
    X25519Field.mul(c, other.product, c);
    if (!other.affine) {
      X25519Field.mul(z, other.twoZ, z);
    }
    X25519Field.apm(b, a, v, u);
    if (negative) {
      X25519Field.apm(z, c, a, b);
    } else {
      X25519Field.apm(z, c, b, a);
    }
    // Now u = E, v = H, a = F, b = G of the formulas, and U V is the new T.
    X25519Field.mul(u, a, x);
    X25519Field.mul(v, b, y);
    X25519Field.mul(a, b, z);
  }

  /** This point as an addend. */
  Addend addend() {
    Addend result = new Addend(false);
    X25519Field.apm(y, x, result.plus, result.minus);
    X25519Field.carry(result.plus);
    X25519Field.carry(result.minus);
    X25519Field.add(z, z, result.twoZ);
    X25519Field.carry(result.twoZ);
    X25519Field.mul(u, v, result.product);
    X25519Field.mul(result.product, TWO_D, result.product);
    return result;
  }

  /** This point as an addend with Z = 1: costs an inversion, and saves a product in each addition. */
  Addend affineAddend() {
    X25519Field.inv(z, a);
    X25519Field.mul(x, a, b);
    X25519Field.mul(y, a, c);
    Addend result = new Addend(true);
    X25519Field.mul(b, c, result.product);
    X25519Field.mul(result.product, D, result.product);
    X25519Field.apm(c, b, result.plus, result.minus);
    X25519Field.mul(result.plus, HALF, result.plus);
    X25519Field.mul(result.minus, HALF, result.minus);
    return result;
  }
}
