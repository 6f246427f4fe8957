package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.docs4j.api.crypto.internal.EdgeSignatures.Triple;
import org.junit.jupiter.api.Test;

/** One answer from all: the back ends that run here, and the platform's own provider as a witness. */
final class BackendsTest {
  private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  @Test
  void load_whereTheNativeProviderIsOnThePath_works() {
    boolean present = true;
    try {
      Class.forName(CORRETTO);
    } catch (ClassNotFoundException e) {
      present = false;
    }
    assumeTrue(present, "the native provider has no build for this platform");
    assertTrue(CorrettoBackend.load().isPresent());
    assertTrue(CorrettoBackend.load().orElseThrow().name().startsWith("Amazon"));
  }

  @Test
  void sign_randomInput_isTheSameOnAllAndBouncyCastle() {
    List<SignatureBackend> backends = Backends.all();
    Random random = new Random(20);
    for (int i = 0; i < 100; i++) {
      byte[] seed = new byte[32];
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(seed);
      random.nextBytes(message);
      byte[] publicKey = new byte[32];
      byte[] signature = new byte[64];
      Ed25519.generatePublicKey(seed, 0, publicKey, 0);
      Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
      for (SignatureBackend backend : backends) {
        assertArrayEquals(publicKey, backend.signer(seed).publicKey(), backend.name());
        assertArrayEquals(signature, backend.signer(seed).sign(message), backend.name());
        assertTrue(new StrictEd25519(backend).verify(publicKey, message, signature), backend.name());
      }
    }
  }

  @Test
  void verifier_equationAlone_isTheSameOnAllAndOnThePlatform() throws GeneralSecurityException {
    EdgeSignatures edges = new EdgeSignatures(21);
    int accepted = 0;
    for (int i = 0; i < 48; i++) {
      Triple triple = edges.signature(i % 8, i / 8, k -> true);
      boolean expected = platformVerifies(triple);
      for (SignatureBackend backend : Backends.all()) {
        boolean answer = backend.verifier(triple.publicKey()).verify(triple.message(), triple.signature());
        assertEquals(expected, answer, backend.name() + ", case " + i);
      }
      accepted += expected ? 1 : 0;
    }
    assertTrue(accepted > 0 && accepted < 48, "both answers occur: " + accepted);
  }

  @Test
  void verify_keyWithUnreducedY_givesOneAnswerOnAll() {
    byte[] unreduced = ReferenceCurve.littleEndian(ReferenceCurve.P.add(BigInteger.valueOf(3)));
    assertTrue(ReferenceCurve.decompress(unreduced).isPresent());
    assertFalse(KnownPoints.isCanonical(unreduced));
    Triple triple = new EdgeSignatures(22).signature(BigInteger.ONE, unreduced, 0, k -> true);
    for (SignatureBackend backend : Backends.all()) {
      assertTrue(new StrictEd25519(backend).isPoint(unreduced));
      assertFalse(new StrictEd25519(backend).verify(unreduced, triple.message(), triple.signature()));
      assertFalse(backend.verifier(unreduced).verify(triple.message(), triple.signature()), backend.name());
    }
  }

  @Test
  void verifier_equationHoldsForAKeyWithUnreducedY_isTakenByAll() {
    // y = p stands for y = 0, of order 4: its multiple vanishes, and the equation holds, when 4 divides the challenge.
    byte[] unreduced = ReferenceCurve.littleEndian(ReferenceCurve.P);
    Triple triple = new EdgeSignatures(23).signature(BigInteger.ZERO, unreduced, 0, k -> !k.testBit(0) && !k.testBit(1));
    for (SignatureBackend backend : Backends.all()) {
      assertTrue(backend.verifier(unreduced).verify(triple.message(), triple.signature()), backend.name());
      assertFalse(new StrictEd25519(backend).verify(unreduced, triple.message(), triple.signature()), "but the order is small");
    }
  }

  private static boolean platformVerifies(Triple triple) throws GeneralSecurityException {
    byte[] der = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(triple.publicKey()));
    PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(triple.message());
    return verifier.verify(triple.signature());
  }
}
