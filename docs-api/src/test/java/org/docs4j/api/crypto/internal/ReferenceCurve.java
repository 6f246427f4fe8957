package org.docs4j.api.crypto.internal;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The Ed25519 curve over big integers, as RFC 8032 section 5.1 writes it: slow, plain, and sharing no code with
 * the real one. Decompression is the reference's (WIRE 2.3): y modulo p, the sign on x = 0 ignored.
 */
final class ReferenceCurve {
  static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  static final BigInteger L =
      new BigInteger("7237005577332262213973186563042994240857116359379907606001950938285454250989");
  private static final BigInteger D =
      new BigInteger("37095705934669439343138083508754565189542113879843219016388785533085940283555");
  private static final BigInteger SQRT_MINUS_ONE =
      new BigInteger("19681161376707505956807079304988542015446066515923890162744021073123829784752");

  static final Point ZERO = new Point(BigInteger.ZERO, BigInteger.ONE);
  static final Point BASE =
      new Point(
          new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
          new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

  record Point(BigInteger x, BigInteger y) {
    Point plus(Point other) {
      BigInteger xy = x.multiply(other.y).add(y.multiply(other.x));
      BigInteger yx = y.multiply(other.y).add(x.multiply(other.x));
      BigInteger t = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      return new Point(
          xy.multiply(BigInteger.ONE.add(t).modInverse(P)).mod(P), yx.multiply(BigInteger.ONE.subtract(t).modInverse(P)).mod(P));
    }

    Point minus(Point other) {
      return plus(new Point(other.x.negate().mod(P), other.y));
    }

    Point times(BigInteger scalar) {
      Projective base = new Projective(x, y, BigInteger.ONE);
      Projective result = new Projective(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);
      for (int i = scalar.bitLength() - 1; i >= 0; i--) {
        result = result.plus(result);
        if (scalar.testBit(i)) {
          result = result.plus(base);
        }
      }
      BigInteger inverse = result.z.modInverse(P);
      return new Point(result.x.multiply(inverse).mod(P), result.y.multiply(inverse).mod(P));
    }

    byte[] compress() {
      byte[] bytes = littleEndian(y);
      bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
      return bytes;
    }
  }

  /** The sum of {@link Point#plus}, with one denominator carried along (Bernstein et al. 2008, section 6). */
  private record Projective(BigInteger x, BigInteger y, BigInteger z) {
    Projective plus(Projective other) {
      BigInteger a = z.multiply(other.z).mod(P);
      BigInteger b = a.multiply(a).mod(P);
      BigInteger c = x.multiply(other.x).mod(P);
      BigInteger d = y.multiply(other.y).mod(P);
      BigInteger e = D.multiply(c).mod(P).multiply(d).mod(P);
      BigInteger f = b.subtract(e);
      BigInteger g = b.add(e);
      BigInteger cross = x.multiply(other.y).add(y.multiply(other.x)).mod(P);
      return new Projective(
          a.multiply(f).mod(P).multiply(cross).mod(P), a.multiply(g).mod(P).multiply(d.add(c)).mod(P), f.multiply(g).mod(P));
    }
  }

  private ReferenceCurve() {}

  static Optional<Point> decompress(byte[] bytes) {
    byte[] masked = bytes.clone();
    masked[31] &= 0x7F;
    BigInteger y = number(masked).mod(P);
    BigInteger ySquared = y.multiply(y).mod(P);
    BigInteger ratio =
        ySquared.subtract(BigInteger.ONE).multiply(D.multiply(ySquared).add(BigInteger.ONE).modInverse(P)).mod(P);
    BigInteger x = ratio.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(ratio)) {
      x = x.multiply(SQRT_MINUS_ONE).mod(P);
    }
    if (!x.multiply(x).mod(P).equals(ratio)) {
      return Optional.empty();
    }
    boolean odd = bytes[31] < 0;
    return Optional.of(new Point(x.testBit(0) == odd ? x : x.negate().mod(P), y));
  }

  /** The eight points of small order, as multiples of one of order 8; element 0 is the neutral one. */
  static Point[] torsion() {
    for (int y = 2; ; y++) {
      Optional<Point> candidate = decompress(littleEndian(BigInteger.valueOf(y))).map(point -> point.times(L));
      if (candidate.isPresent() && !candidate.get().times(BigInteger.valueOf(4)).equals(ZERO)) {
        Point[] points = new Point[8];
        points[0] = ZERO;
        for (int i = 1; i < 8; i++) {
          points[i] = points[i - 1].plus(candidate.get());
        }
        return points;
      }
    }
  }

  static BigInteger challenge(byte[] r, byte[] publicKey, byte[] message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(r);
      digest.update(publicKey);
      return number(digest.digest(message)).mod(L);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The rules of WIRE 2.3, one after the other. */
  static boolean verifyStrict(byte[] publicKey, byte[] message, byte[] signature) {
    byte[] r = Arrays.copyOf(signature, 32);
    BigInteger s = number(Arrays.copyOfRange(signature, 32, 64));
    Optional<Point> a = decompress(publicKey);
    Optional<Point> rPoint = decompress(r);
    if (s.compareTo(L) >= 0 || a.isEmpty() || rPoint.isEmpty() || isSmall(a.get()) || isSmall(rPoint.get())) {
      return false;
    }
    return Arrays.equals(r, expectedR(a.get(), s, challenge(r, publicKey, message)));
  }

  static byte[] expectedR(Point a, BigInteger s, BigInteger k) {
    return BASE.times(s).minus(a.times(k)).compress();
  }

  static boolean isSmall(Point point) {
    return point.times(BigInteger.valueOf(8)).equals(ZERO);
  }

  static BigInteger number(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigInteger(1, bigEndian);
  }

  static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
