package org.docs4j.api.crypto.internal;

import static org.docs4j.api.crypto.internal.ReferenceCurve.L;
import static org.docs4j.api.crypto.internal.ReferenceCurve.P;
import static org.docs4j.api.crypto.internal.ReferenceCurve.littleEndian;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.docs4j.api.crypto.internal.EdgeSignatures.Triple;
import org.docs4j.api.crypto.internal.ReferenceCurve.Point;
import org.junit.jupiter.api.Test;

/** The own curve arithmetic, with and without tables, against plain big integers. */
final class CurveVerifierTest {
  private final Random random = new Random(30);
  private final EdgeSignatures edges = new EdgeSignatures(31);

  private static List<BigInteger> edgeScalars() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int power : new int[] {0, 1, 4, 5, 8, 127, 128, 129, 251, 252}) {
      scalars.add(BigInteger.ONE.shiftLeft(power));
      scalars.add(BigInteger.ONE.shiftLeft(power).subtract(BigInteger.ONE));
    }
    scalars.add(L.subtract(BigInteger.ONE));
    scalars.add(L.shiftRight(1));
    return scalars;
  }

  private static void check(byte[] publicKey, BigInteger s, BigInteger k) {
    Point a = ReferenceCurve.decompress(publicKey).orElseThrow();
    byte[] expected = ReferenceCurve.expectedR(a, s, k);
    for (CurveVerifier verifier : List.of(new ExactVerifier(publicKey), new TableVerifier(publicKey))) {
      byte[] actual = verifier.combine(littleEndian(s), littleEndian(k)).compress();
      assertArrayEquals(expected, actual, () -> verifier + ", A " + a + ", S " + s + ", k " + k);
    }
  }

  @Test
  void combine_edgeScalars_equalsTheReference() {
    byte[] publicKey = ReferenceCurve.BASE.times(edges.scalar()).plus(edges.torsion(5)).compress();
    List<BigInteger> scalars = edgeScalars();
    for (int i = 0; i < scalars.size(); i++) {
      check(publicKey, scalars.get(i), scalars.get(scalars.size() - 1 - i));
      check(publicKey, scalars.get(i), scalars.get(i));
    }
  }

  @Test
  void combine_randomPointsAndScalars_equalsTheReference() {
    for (int i = 0; i < 40; i++) {
      byte[] publicKey = ReferenceCurve.BASE.times(edges.scalar()).plus(edges.torsion(i % 8)).compress();
      check(publicKey, new BigInteger(252, random), new BigInteger(252, random));
    }
  }

  @Test
  void combine_keyThatIsTheBasePointOrItsNegative_equalsTheReference() {
    BigInteger s = edges.scalar();
    check(ReferenceCurve.BASE.compress(), s, s);
    check(ReferenceCurve.ZERO.minus(ReferenceCurve.BASE).compress(), s, s);
    check(ReferenceCurve.BASE.times(BigInteger.ONE.shiftLeft(128)).compress(), s, edges.scalar());
  }

  @Test
  void combine_smallOrderKey_equalsTheReference() {
    for (int i = 0; i < 8; i++) {
      check(edges.torsion(i).compress(), edges.scalar(), edges.scalar());
    }
  }

  @Test
  void combine_unreducedKey_equalsTheReference() {
    int points = 0;
    for (BigInteger y = P; y.bitLength() <= 255; y = y.add(BigInteger.ONE)) {
      if (ReferenceCurve.decompress(littleEndian(y)).isPresent()) {
        check(littleEndian(y), edges.scalar(), edges.scalar());
        points++;
      }
    }
    assertTrue(points > 2);
  }

  @Test
  void verify_unreducedKey_hashesItAsReceived() {
    // y = p is y = 0, of order 4: the equation holds exactly if 4 divides the challenge, which covers the bytes as they came.
    byte[] unreduced = littleEndian(P);
    Triple received =
        edges.signature(BigInteger.ZERO, unreduced, 0, k -> k.testBit(0) || k.testBit(1));
    assertFalse(new ExactVerifier(unreduced).verify(received.message(), received.signature()));
    received = edges.signature(BigInteger.ZERO, unreduced, 0, k -> !k.testBit(0) && !k.testBit(1));
    assertTrue(new ExactVerifier(unreduced).verify(received.message(), received.signature()));
  }

  @Test
  void decompress_thenCompress_isTheCanonicalEncoding() {
    int points = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      EdwardsPoint point = new EdwardsPoint();
      if (point.decompress(bytes)) {
        assertArrayEquals(ReferenceCurve.decompress(bytes).orElseThrow().compress(), point.compress());
        points++;
      }
    }
    assertTrue(points > 50);
  }

  @Test
  void signedDigits_anyWidth_sumUpToTheScalar() {
    List<BigInteger> scalars = edgeScalars();
    for (int i = 0; i < 50; i++) {
      scalars.add(new BigInteger(253, random));
    }
    for (BigInteger scalar : scalars) {
      for (int width = 3; width <= 8; width++) {
        byte[] digits = Scalar.signedDigits(littleEndian(scalar), width);
        BigInteger sum = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
          assertTrue(digits[i] == 0 || (digits[i] & 1) == 1);
          assertTrue(Math.abs(digits[i]) < 1 << (width - 1));
          sum = sum.shiftLeft(1).add(BigInteger.valueOf(digits[i]));
        }
        assertEquals(scalar, sum);
      }
    }
  }

  @Test
  void windows_anyWidth_sumUpToTheScalar() {
    List<BigInteger> scalars = edgeScalars();
    for (int i = 0; i < 50; i++) {
      scalars.add(new BigInteger(253, random).mod(L));
    }
    for (BigInteger scalar : scalars) {
      for (int width = 2; width <= 8; width++) {
        short[] digits = Scalar.windows(littleEndian(scalar), width);
        BigInteger sum = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
          assertTrue(Math.abs(digits[i]) <= 1 << (width - 1));
          sum = sum.shiftLeft(width).add(BigInteger.valueOf(digits[i]));
        }
        assertEquals(scalar, sum, "width " + width);
      }
    }
  }

  @Test
  void times_edgeAndRandomScalars_equalTheReference() {
    List<BigInteger> scalars = edgeScalars();
    scalars.add(BigInteger.ZERO);
    for (int i = 0; i < 100; i++) {
      scalars.add(new BigInteger(253, random).mod(L));
    }
    for (BigInteger scalar : scalars) {
      assertArrayEquals(ReferenceCurve.BASE.times(scalar).compress(), BaseMultiples.times(littleEndian(scalar)).compress());
    }
  }

  @Test
  void isCanonical_aroundTheOrder_isBelowOnly() {
    assertTrue(Scalar.isCanonical(littleEndian(BigInteger.ZERO), 0));
    assertTrue(Scalar.isCanonical(littleEndian(L.subtract(BigInteger.ONE)), 0));
    assertFalse(Scalar.isCanonical(littleEndian(L), 0));
    assertFalse(Scalar.isCanonical(littleEndian(L.add(BigInteger.ONE)), 0));
    assertFalse(Scalar.isCanonical(littleEndian(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)), 0));
  }
}
