package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.docs4j.api.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** Numbers and points side by side, against big integers. */
final class LaneArithmeticTest {
  private static final int LANES = 96;

  /** The largest limb of a factor: the sum of two reduced ones. */
  private static final double WIDEST = 0x1p43 + 0x1p19;

  private final LaneArithmetic arithmetic = new LaneArithmetic(LANES);

  private static BigInteger number(FieldLanes lanes, int lane) {
    BigInteger number = BigInteger.ZERO;
    for (int k = FieldLanes.LIMBS - 1; k >= 0; k--) {
      number = number.shiftLeft(FieldLanes.BITS).add(BigInteger.valueOf((long) lanes.limb(k)[lane]));
    }
    return number.mod(ReferenceCurve.P);
  }

  private static BigInteger number(FieldElement element) {
    byte[] bytes = new byte[32];
    element.toBytes(bytes, 0);
    return ReferenceCurve.number(bytes);
  }

  /** Limbs at the borders of their range, of all combinations of signs sooner or later, or anything between. */
  private static FieldLanes factors(Random random, double widest) {
    FieldLanes lanes = new FieldLanes(LANES);
    for (int lane = 0; lane < LANES; lane++) {
      boolean extreme = random.nextBoolean();
      for (int k = 0; k < FieldLanes.LIMBS; k++) {
        double limb = extreme ? widest - random.nextInt(2) : Math.rint(random.nextDouble() * widest);
        lanes.limb(k)[lane] = random.nextBoolean() ? limb : -limb;
      }
    }
    return lanes;
  }

  private static FieldLanes all(double limb) {
    FieldLanes lanes = new FieldLanes(LANES);
    for (int k = 0; k < FieldLanes.LIMBS; k++) {
      Arrays.fill(lanes.limb(k), limb);
    }
    return lanes;
  }

  private void checkProduct(FieldLanes x, FieldLanes y) {
    FieldLanes result = new FieldLanes(LANES);
    arithmetic.product(LANES, x, y, result);
    for (int lane = 0; lane < LANES; lane++) {
      BigInteger expected = number(x, lane).multiply(number(y, lane)).mod(ReferenceCurve.P);
      assertEquals(expected, number(result, lane));
      for (int k = 0; k < FieldLanes.LIMBS; k++) {
        assertTrue(Math.abs(result.limb(k)[lane]) <= 0x1p42 + 0x1p18, "limb " + k);
      }
      FieldElement element = new FieldElement();
      result.get(lane, element);
      assertEquals(expected, number(element));
    }
  }

  @Test
  void product_widestLimbs_isExact() {
    for (double x : new double[] {WIDEST, -WIDEST, WIDEST - 1, 0, 1}) {
      for (double y : new double[] {WIDEST, -WIDEST, 1 - WIDEST, 0, -1}) {
        checkProduct(all(x), all(y));
      }
    }
  }

  @Test
  void product_anyLimbs_isExact() {
    Seeded.run(
        "products side by side",
        random -> {
          for (int i = 0; i < 100; i++) {
            checkProduct(factors(random, WIDEST), factors(random, WIDEST));
          }
        });
  }

  @Test
  void product_resultIsAFactor_isTheSame() {
    Random random = new Random(60);
    FieldLanes x = factors(random, WIDEST);
    FieldLanes y = factors(random, WIDEST);
    FieldLanes expected = new FieldLanes(LANES);
    arithmetic.product(LANES, x, y, expected);
    arithmetic.product(LANES, x, y, x);
    for (int lane = 0; lane < LANES; lane++) {
      assertEquals(number(expected, lane), number(x, lane));
    }
  }

  @Test
  void sumAndDifference_reducedNumbers_areExact() {
    Random random = new Random(61);
    FieldLanes x = factors(random, WIDEST / 2);
    FieldLanes y = factors(random, WIDEST / 2);
    FieldLanes sum = new FieldLanes(LANES);
    FieldLanes difference = new FieldLanes(LANES);
    arithmetic.sumAndDifference(LANES, x, y, sum, difference);
    for (int lane = 0; lane < LANES; lane++) {
      assertEquals(number(x, lane).add(number(y, lane)).mod(ReferenceCurve.P), number(sum, lane));
      assertEquals(number(x, lane).subtract(number(y, lane)).mod(ReferenceCurve.P), number(difference, lane));
    }
  }

  @Test
  void setWords_thenGet_isTheNumberOrItsNegative() {
    Random random = new Random(62);
    FieldLanes lanes = new FieldLanes(LANES);
    FieldElement element = new FieldElement();
    for (int i = 0; i < 500; i++) {
      BigInteger number = i < 4 ? BigInteger.valueOf(i) : new BigInteger(255, random).mod(ReferenceCurve.P);
      number = i == 4 ? ReferenceCurve.P.subtract(BigInteger.ONE) : number;
      long[] words = new long[6];
      FieldElement.of(number).pack(words, 2);
      lanes.setWords(i % LANES, words, 2, false);
      lanes.get(i % LANES, element);
      assertEquals(number, number(element));
      lanes.setWords(i % LANES, words, 2, true);
      lanes.get(i % LANES, element);
      assertEquals(number.negate().mod(ReferenceCurve.P), number(element));
    }
  }

  @Test
  void pointLanes_edgeScalarsAndKeys_equalOneAfterTheOther() {
    EdgeSignatures edges = new EdgeSignatures(63);
    Random random = new Random(64);
    List<TableVerifier> verifiers = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      // The last one is a key of small order alone.
      ReferenceCurve.Point key = edges.torsion(i % 8);
      verifiers.add(new TableVerifier((i < 8 ? key.plus(ReferenceCurve.BASE.times(edges.scalar())) : key).compress()));
    }
    List<BigInteger> scalars = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, ReferenceCurve.L.subtract(BigInteger.ONE)));
    for (int bits = 7; bits < 253; bits += 8) {
      scalars.add(BigInteger.ONE.shiftLeft(bits).mod(ReferenceCurve.L));
      scalars.add(new BigInteger(bits, random));
    }
    PointLanes lanes = new PointLanes(LANES);
    List<short[]> s = new ArrayList<>();
    List<short[]> k = new ArrayList<>();
    for (int lane = 0; lane < LANES; lane++) {
      s.add(Scalar.windows(ReferenceCurve.littleEndian(scalars.get(random.nextInt(scalars.size()))), TableVerifier.WIDTH));
      k.add(Scalar.windows(ReferenceCurve.littleEndian(scalars.get(lane % scalars.size())), TableVerifier.WIDTH));
    }
    for (int window = 0; window < s.get(0).length; window++) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes.choose(lane, TableVerifier.BASE, window, s.get(lane)[window]);
      }
      lanes.add();
      for (int lane = 0; lane < LANES; lane++) {
        lanes.choose(lane, verifiers.get(lane % verifiers.size()).minusKey(), window, k.get(lane)[window]);
      }
      lanes.add();
    }
    for (int lane = 0; lane < LANES; lane++) {
      byte[] expected = verifiers.get(lane % verifiers.size()).combine(s.get(lane), k.get(lane)).compress();
      assertArrayEquals(expected, lanes.point(lane).compress(), "lane " + lane);
    }
  }

  @Test
  void batch_manySignaturesOfFrequentKeys_decidesAsOneByOne() {
    StrictEd25519 strict = new StrictEd25519(new PortableBackend());
    Random random = new Random(65);
    byte[] seed = new byte[32];
    List<byte[][]> signed = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      seed[0] = (byte) (i % 3);
      CurveSigner signer = new CurveSigner(seed);
      byte[] message = new byte[random.nextInt(200)];
      random.nextBytes(message);
      byte[] signature = signer.sign(message);
      if (random.nextInt(3) == 0) {
        signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
      }
      strict.verify(signer.publicKey(), message, signature);
      signed.add(new byte[][] {signer.publicKey(), message, signature});
    }
    assertTrue(strict.verifier(signed.get(0)[0], new CurveSigner(new byte[32]).sign(new byte[0])).orElseThrow() instanceof TableVerifier);
    VerificationBatch batch = strict.batch();
    signed.forEach(triple -> batch.add(triple[0], triple[1], triple[2]));
    BitSet valid = batch.valid();
    for (int i = 0; i < signed.size(); i++) {
      byte[][] triple = signed.get(i);
      assertEquals(new ExactVerifier(triple[0]).verify(triple[1], triple[2]) && Scalar.isCanonical(triple[2], 32), valid.get(i));
    }
    assertTrue(valid.cardinality() > 200 && valid.cardinality() < 350);
  }

  @Test
  void timesAll_edgeAndRandomScalars_equalsOneAfterTheOther() {
    Random random = new Random(66);
    List<byte[]> scalars = new ArrayList<>();
    for (int bit = 0; bit < 253; bit++) {
      scalars.add(ReferenceCurve.littleEndian(BigInteger.ONE.shiftLeft(bit).mod(ReferenceCurve.L)));
      scalars.add(ReferenceCurve.littleEndian(ReferenceCurve.L.subtract(BigInteger.ONE).shiftRight(bit)));
      scalars.add(ReferenceCurve.littleEndian(new BigInteger(bit, random)));
    }
    List<EdwardsPoint> products = BaseMultiples.timesAll(scalars);
    for (int i = 0; i < scalars.size(); i++) {
      assertArrayEquals(BaseMultiples.times(scalars.get(i)).compress(), products.get(i).compress(), "scalar " + i);
    }
  }

  @Test
  void signAll_anyNumber_makesTheSignaturesOfOneAfterTheOther() {
    StrictEd25519 strict = new StrictEd25519(new PortableBackend());
    Random random = new Random(67);
    for (int count : new int[] {0, 1, 2, 31, 32, 127, 128, 129, 300}) {
      List<SignatureBackend.KeySigner> signers = new ArrayList<>();
      List<byte[]> messages = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        signers.add(strict.signer(seed));
        messages.add(new byte[random.nextInt(300)]);
        random.nextBytes(messages.get(i));
      }
      List<byte[]> signatures = strict.signAll(signers, messages);
      assertEquals(count, signatures.size());
      for (int i = 0; i < count; i++) {
        assertArrayEquals(signers.get(i).sign(messages.get(i)), signatures.get(i));
        assertTrue(strict.verify(signers.get(i).publicKey(), messages.get(i), signatures.get(i)));
      }
    }
  }
}
