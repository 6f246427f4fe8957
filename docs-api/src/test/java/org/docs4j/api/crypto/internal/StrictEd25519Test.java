package org.docs4j.api.crypto.internal;

import static org.docs4j.api.crypto.internal.ReferenceCurve.L;
import static org.docs4j.api.crypto.internal.ReferenceCurve.P;
import static org.docs4j.api.crypto.internal.ReferenceCurve.littleEndian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.docs4j.api.crypto.internal.EdgeSignatures.Triple;
import org.docs4j.api.testkit.Seeded;
import org.docs4j.api.testkit.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The strict rules on every back end. Rules: WIRE 2.3; edge cases after Chalkias et al., "Taming the many EdDSAs". */
final class StrictEd25519Test {
  private final EdgeSignatures edges = new EdgeSignatures(42);

  static List<SignatureBackend> backends() {
    return Backends.all();
  }

  private static boolean verify(SignatureBackend backend, Triple triple) {
    StrictEd25519 strict = new StrictEd25519(backend);
    boolean answer = strict.verify(triple.publicKey(), triple.message(), triple.signature());
    VerificationBatch batch = strict.batch();
    batch.add(triple.publicKey(), triple.message(), triple.signature());
    assertEquals(answer, batch.valid().get(0), backend.name() + " in a batch");
    assertEquals(ReferenceCurve.verifyStrict(triple.publicKey(), triple.message(), triple.signature()), answer, backend.name());
    return answer;
  }

  /** All encodings of small-order points: eight canonical ones, and those with y + p or with a sign on x = 0. */
  private List<byte[]> smallOrderEncodings() {
    Set<BigInteger> ys = new HashSet<>();
    for (int i = 0; i < 8; i++) {
      BigInteger y = edges.torsion(i).y();
      ys.add(y);
      if (y.add(P).bitLength() <= 255) {
        ys.add(y.add(P));
      }
    }
    List<byte[]> encodings = new ArrayList<>();
    for (BigInteger y : ys) {
      byte[] positive = littleEndian(y);
      byte[] negative = positive.clone();
      negative[31] |= (byte) 0x80;
      encodings.add(positive);
      encodings.add(negative);
    }
    return encodings;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_honestSignature_isAccepted(SignatureBackend backend) {
    for (int i = 0; i < 4; i++) {
      assertTrue(verify(backend, edges.signature(0, 0, k -> true)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_smallOrderKey_isRefusedThoughTheEquationHolds(SignatureBackend backend) {
    List<byte[]> encodings = smallOrderEncodings();
    assertEquals(14, encodings.size());
    for (byte[] publicKey : encodings) {
      Triple triple = edges.signature(BigInteger.ZERO, publicKey, 0, k -> k.mod(EdgeSignatures.EIGHT).signum() == 0);
      assertTrue(new ExactVerifier(publicKey).verify(triple.message(), triple.signature()));
      assertFalse(verify(backend, triple));
      assertTrue(new StrictEd25519(backend).isPoint(publicKey));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_smallOrderR_isRefusedThoughTheEquationHolds(SignatureBackend backend) {
    BigInteger a = edges.scalar();
    byte[] publicKey = ReferenceCurve.BASE.times(a).compress();
    Triple identity = edges.signature(a, publicKey, BigInteger.ZERO, edges.torsion(0).compress(), k -> true);
    assertTrue(new ExactVerifier(publicKey).verify(identity.message(), identity.signature()));
    assertFalse(verify(backend, identity));
    for (byte[] r : smallOrderEncodings()) {
      assertFalse(verify(backend, edges.signature(a, publicKey, BigInteger.ZERO, r, k -> true)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_smallOrderKeyAndR_isRefused(SignatureBackend backend) {
    StrictEd25519 strict = new StrictEd25519(backend);
    for (byte[] publicKey : smallOrderEncodings()) {
      for (byte[] r : smallOrderEncodings()) {
        assertFalse(strict.verify(publicKey, new byte[3], EdgeSignatures.join(r, new byte[32])));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_tooLargeS_isRefused(SignatureBackend backend) {
    Triple honest = edges.signature(0, 0, k -> true);
    byte[] r = Arrays.copyOf(honest.signature(), 32);
    BigInteger s = ReferenceCurve.number(Arrays.copyOfRange(honest.signature(), 32, 64));
    assertTrue(verify(backend, honest));
    for (BigInteger larger = s.add(L); larger.bitLength() <= 256; larger = larger.add(L)) {
      Triple malleable = new Triple(honest.publicKey(), honest.message(), EdgeSignatures.join(r, littleEndian(larger)));
      assertFalse(verify(backend, malleable), larger::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_mixedOrderKeyWithPureR_isAcceptedOnlyIfTheChallengeCancelsTorsion(SignatureBackend backend) {
    for (int torsion = 1; torsion < 8; torsion++) {
      int t = torsion;
      assertTrue(verify(backend, edges.signature(t, 0, k -> EdgeSignatures.cancels(t, 0, k))));
      assertFalse(verify(backend, edges.signature(t, 0, k -> !EdgeSignatures.cancels(t, 0, k))));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_mixedOrderR_isRefusedForAKeyOfPrimeOrder(SignatureBackend backend) {
    for (int torsion = 1; torsion < 8; torsion++) {
      assertFalse(verify(backend, edges.signature(0, torsion, k -> true)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_mixedOrderKeyAndR_isAcceptedExactlyIfTheTorsionCancels(SignatureBackend backend) {
    for (int i = 0; i < 8; i++) {
      int t = 1 + 2 * (i % 4);
      int u = 1 + i % 7;
      assertTrue(verify(backend, edges.signature(t, u, k -> EdgeSignatures.cancels(t, u, k))));
      assertFalse(verify(backend, edges.signature(t, u, k -> !EdgeSignatures.cancels(t, u, k))));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_cofactoredOnlySignature_isRefusedThoughBouncyCastleTakesIt(SignatureBackend backend) {
    Triple triple = edges.signature(3, 0, k -> !EdgeSignatures.cancels(3, 0, k));
    assertTrue(
        org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            triple.signature(), 0, triple.publicKey(), 0, triple.message(), 0, triple.message().length));
    assertFalse(verify(backend, triple));
  }

  /** The twelve vectors of Chalkias et al. 2020, table 6c ("speccheck"): the strict rules accept number 3 alone. */
  @ParameterizedTest
  @MethodSource("backends")
  void verify_vectorsOfTheLiterature_onlyNumber3IsAccepted(SignatureBackend backend) {
    List<?> cases = (List<?>) Vectors.resource("speccheck.json");
    assertEquals(12, cases.size());
    for (int i = 0; i < cases.size(); i++) {
      Map<?, ?> one = (Map<?, ?>) cases.get(i);
      Triple triple = new Triple(hex(one.get("pub_key")), hex(one.get("message")), hex(one.get("signature")));
      assertEquals(i == 3, verify(backend, triple), "case " + i + ", " + one.get("what"));
    }
  }

  private static byte[] hex(Object text) {
    return HexFormat.of().parseHex((String) text);
  }

  /** Random changes of R, S, key and message, and of several at once: every back end agrees with big integers. */
  @ParameterizedTest
  @MethodSource("backends")
  void verify_randomMutations_asTheReferenceDecides(SignatureBackend backend) {
    Seeded.run(
        "mutated signatures, " + backend.name(),
        random -> {
          EdgeSignatures made = new EdgeSignatures(random.nextLong());
          for (int i = 0; i < 60; i++) {
            Triple triple = made.signature(random.nextInt(8), random.nextInt(8), k -> true);
            verify(backend, triple);
            byte[] signature = triple.signature().clone();
            signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            verify(backend, new Triple(triple.publicKey(), triple.message(), signature));
            verify(backend, new Triple(flipped(triple.publicKey(), random.nextInt(256)), triple.message(), triple.signature()));
            verify(backend, new Triple(triple.publicKey(), triple.message(), EdgeSignatures.join(triple.publicKey(), Arrays.copyOfRange(signature, 32, 64))));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isPoint_everyYOfPOrMore_isReducedAsTheReferenceDoes(SignatureBackend backend) {
    StrictEd25519 strict = new StrictEd25519(backend);
    int points = 0;
    for (BigInteger y = P; y.bitLength() <= 255; y = y.add(BigInteger.ONE)) {
      for (int sign : new int[] {0, 0x80}) {
        byte[] bytes = littleEndian(y);
        bytes[31] |= (byte) sign;
        boolean expected = ReferenceCurve.decompress(bytes).isPresent();
        assertEquals(expected, strict.isPoint(bytes), y::toString);
        assertFalse(strict.verify(bytes, new byte[0], new byte[64]));
        points += expected ? 1 : 0;
      }
    }
    assertTrue(points > 4, "more than those of small order: " + points);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isPoint_randomBytes_asTheReferenceDecides(SignatureBackend backend) {
    StrictEd25519 strict = new StrictEd25519(backend);
    Random random = new Random(7);
    int points = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[32];
      random.nextBytes(bytes);
      boolean expected = ReferenceCurve.decompress(bytes).isPresent();
      assertEquals(expected, strict.isPoint(bytes));
      points += expected ? 1 : 0;
    }
    assertTrue(points > 100 && points < 200, "about half: " + points);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void verify_mutatedSignature_isRefused(SignatureBackend backend) {
    StrictEd25519 strict = new StrictEd25519(backend);
    Random random = new Random(8);
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    byte[] publicKey = strict.signer(seed).publicKey();
    byte[] message = new byte[150];
    random.nextBytes(message);
    byte[] signature = strict.signer(seed).sign(message);
    assertTrue(strict.verify(publicKey, message, signature));
    for (int bit = 0; bit < 512; bit++) {
      assertFalse(strict.verify(publicKey, message, flipped(signature, bit)), "signature bit " + bit);
    }
    for (int bit = 0; bit < 256; bit++) {
      assertFalse(strict.verify(flipped(publicKey, bit), message, signature), "key bit " + bit);
    }
    for (int i = 0; i < 100; i++) {
      assertFalse(strict.verify(publicKey, flipped(message, random.nextInt(1200)), signature));
    }
    assertFalse(strict.verify(publicKey, Arrays.copyOf(message, 149), signature));
    assertFalse(strict.verify(publicKey, Arrays.copyOf(message, 151), signature));
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (1 << (bit % 8));
    return copy;
  }
}
