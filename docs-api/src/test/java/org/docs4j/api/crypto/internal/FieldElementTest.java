package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** Field arithmetic against big integers. */
final class FieldElementTest {
  private static final BigInteger P = ReferenceCurve.P;

  /** Numbers whose limbs are at their borders, and around p and 2^255. */
  private static List<BigInteger> edges() {
    List<BigInteger> numbers = new ArrayList<>();
    BigInteger top = BigInteger.ONE.shiftLeft(255);
    for (int i = 0; i < 40; i++) {
      numbers.add(BigInteger.valueOf(i));
      numbers.add(top.subtract(BigInteger.valueOf(i + 1)));
    }
    for (int bit = 51; bit < 255; bit += 51) {
      numbers.add(BigInteger.ONE.shiftLeft(bit));
      numbers.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
      numbers.add(top.subtract(BigInteger.ONE.shiftLeft(bit)));
    }
    return numbers;
  }

  private static FieldElement element(BigInteger number) {
    FieldElement element = new FieldElement();
    element.setBytes(ReferenceCurve.littleEndian(number), 0);
    return element;
  }

  private static BigInteger number(FieldElement element) {
    byte[] bytes = new byte[32];
    element.toBytes(bytes, 0);
    return ReferenceCurve.number(bytes);
  }

  private static void checkAll(BigInteger a, BigInteger b) {
    FieldElement result = new FieldElement();
    result.setSum(element(a), element(b));
    assertEquals(a.add(b).mod(P), number(result));
    result.setDifference(element(a), element(b));
    assertEquals(a.subtract(b).mod(P), number(result));
    result.setProduct(element(a), element(b));
    assertEquals(a.multiply(b).mod(P), number(result));
    result.setSquare(element(a));
    assertEquals(a.multiply(a).mod(P), number(result));
    checkLoose(a, b);
  }

  /** The widest factors that the contract allows: a sum, and a difference of what a sum and a difference leave. */
  private static void checkLoose(BigInteger a, BigInteger b) {
    FieldElement wide = new FieldElement();
    FieldElement wider = new FieldElement();
    wide.setSum(element(a), element(a));
    wide.setDifference(wide, element(b));
    wider.setDifference(element(a), element(b));
    wider.setSum(wider, element(a));
    wider.setSum(wider, element(a));
    BigInteger wideNumber = a.add(a).subtract(b);
    BigInteger widerNumber = a.subtract(b).add(a).add(a);
    FieldElement result = new FieldElement();
    result.setProduct(wide, wider);
    assertEquals(wideNumber.multiply(widerNumber).mod(P), number(result));
    result.setProduct(wider, wide);
    assertEquals(wideNumber.multiply(widerNumber).mod(P), number(result));
    result.setSquare(wide);
    assertEquals(wideNumber.multiply(wideNumber).mod(P), number(result));
    wider.carry();
    assertEquals(widerNumber.mod(P), number(wider));
  }

  @Test
  void arithmetic_edgeNumbers_equalsBigIntegers() {
    for (BigInteger a : edges()) {
      for (BigInteger b : edges()) {
        checkAll(a, b);
      }
    }
  }

  @Test
  void arithmetic_randomNumbers_equalsBigIntegers() {
    Seeded.run(
        "field arithmetic",
        random -> {
          for (int i = 0; i < 20_000; i++) {
            checkAll(new BigInteger(255, random), new BigInteger(255, random));
          }
        });
  }

  @Test
  void arithmetic_longChain_staysInRange() {
    Random random = new Random(50);
    BigInteger expected = new BigInteger(255, random);
    BigInteger factor = P.subtract(BigInteger.ONE);
    FieldElement actual = element(expected);
    FieldElement t = new FieldElement();
    for (int i = 0; i < 5_000; i++) {
      t.setDifference(actual, element(factor));
      actual.setSum(actual, t);
      actual.setProduct(actual, t);
      BigInteger difference = expected.subtract(factor);
      expected = expected.add(difference).multiply(difference).mod(P);
      factor = new BigInteger(255, random);
    }
    assertEquals(expected, number(actual));
  }

  @Test
  void negate_edgeNumbers_isTheNegative() {
    for (BigInteger a : edges()) {
      FieldElement element = element(a);
      element.negate();
      assertEquals(a.negate().mod(P), number(element));
    }
  }

  @Test
  void pack_edgeNumbers_isReversible() {
    for (BigInteger a : edges()) {
      long[] words = new long[6];
      element(a).pack(words, 1);
      FieldElement back = new FieldElement();
      back.unpack(words, 1);
      assertEquals(a.mod(P), number(back));
      assertEquals(a.mod(P).testBit(0) ? 1 : 0, element(a).parity());
      assertEquals(a.mod(P).signum() == 0, element(a).isZero());
    }
  }

  @Test
  void swapIf_bothMasks_swapsOrLeaves() {
    FieldElement a = element(BigInteger.TEN);
    FieldElement b = element(P.subtract(BigInteger.TEN));
    FieldElement.swapIf(0, a, b);
    assertEquals(BigInteger.TEN, number(a));
    FieldElement.swapIf(-1, a, b);
    assertEquals(P.subtract(BigInteger.TEN), number(a));
    assertEquals(BigInteger.TEN, number(b));
  }

  @Test
  void invert_numbers_equalsBigIntegers() {
    List<BigInteger> numbers = edges();
    numbers.removeIf(number -> number.mod(P).signum() == 0);
    FieldElement[] elements = numbers.stream().map(FieldElementTest::element).toArray(FieldElement[]::new);
    FieldPowers.invertAll(elements);
    for (int i = 0; i < elements.length; i++) {
      BigInteger expected = numbers.get(i).modInverse(P);
      FieldElement one = new FieldElement();
      FieldPowers.invert(element(numbers.get(i)), one);
      assertEquals(expected, number(one));
      assertEquals(expected, number(elements[i]));
    }
    FieldPowers.invertAll();
  }

  @Test
  void scalarLimbs_edgeAndRandomNumbers_equalBigIntegers() {
    Seeded.run(
        "scalar arithmetic",
        random -> {
          List<BigInteger> numbers = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE));
          for (int multiple = 1; multiple < 16; multiple++) {
            BigInteger near = ReferenceCurve.L.multiply(BigInteger.valueOf(multiple));
            numbers.add(near.subtract(BigInteger.ONE));
            numbers.add(near);
            numbers.add(near.add(BigInteger.ONE));
          }
          numbers.add(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
          for (int i = 0; i < 100; i++) {
            numbers.add(new BigInteger(1 + random.nextInt(256), random));
          }
          numbers.removeIf(number -> number.bitLength() > 256);
          for (BigInteger a : numbers) {
            for (BigInteger b : numbers) {
              checkScalars(a, b, numbers.get(random.nextInt(numbers.size())));
            }
          }
        });
  }

  private static void checkScalars(BigInteger a, BigInteger b, BigInteger c) {
    BigInteger l = ReferenceCurve.L;
    byte[] expected = ReferenceCurve.littleEndian(a.multiply(b).add(c).mod(l));
    byte[] actual =
        ScalarLimbs.multiplyAdd(ReferenceCurve.littleEndian(a), ReferenceCurve.littleEndian(b), ReferenceCurve.littleEndian(c));
    assertArrayEquals(expected, actual);
    byte[] wide = new byte[64];
    System.arraycopy(ReferenceCurve.littleEndian(a), 0, wide, 0, 32);
    System.arraycopy(ReferenceCurve.littleEndian(b), 0, wide, 32, 32);
    BigInteger number = a.add(b.shiftLeft(256));
    assertArrayEquals(ReferenceCurve.littleEndian(number.mod(l)), ScalarLimbs.reduce(wide), number::toString);
  }
}
