package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.docs4j.api.crypto.internal.SignatureBackend.KeyVerifier;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.junit.jupiter.api.Test;

/** Which keys get a table, and that it changes no answer. */
final class FrequentKeysTest {
  private final SignatureBackend backend = new PortableBackend();
  private final FrequentKeys frequentKeys = new FrequentKeys();

  private static KnownKey key(int number) {
    return new KnownKey(ReferenceCurve.BASE.times(BigInteger.valueOf(number + 2L)).compress());
  }

  private void use(KnownKey key, int times) {
    for (int i = 0; i < times; i++) {
      key.verifier(backend, frequentKeys);
    }
  }

  @Test
  void verifier_beforeItPaysOff_isTheOrdinaryOne() {
    KnownKey key = key(0);
    use(key, FrequentKeys.USES - 1);
    assertFalse(key.isFrequent());
    assertInstanceOf(ExactVerifier.class, key.verifier(backend, frequentKeys));
    assertTrue(key.isFrequent());
    assertInstanceOf(TableVerifier.class, key.verifier(backend, frequentKeys));
  }

  @Test
  void verifier_manyKeysUsedOnce_makeNoTable() {
    for (int i = 0; i < 200; i++) {
      KnownKey key = key(i);
      use(key, 2);
      assertFalse(key.isFrequent());
    }
  }

  @Test
  void admit_moreThanTheMaximum_keepsAsManyAndThoseInUse() {
    KnownKey steady = key(0);
    use(steady, FrequentKeys.USES);
    List<KnownKey> others = new ArrayList<>();
    for (int i = 1; i <= 2 * FrequentKeys.MAX_KEYS; i++) {
      KnownKey other = key(i);
      others.add(other);
      use(other, FrequentKeys.USES);
      assertTrue(other.isFrequent());
      use(steady, 1);
      assertTrue(steady.isFrequent(), "after " + i);
    }
    assertEquals(FrequentKeys.MAX_KEYS - 1, others.stream().filter(KnownKey::isFrequent).count());
  }

  @Test
  void verifier_demotedKey_earnsItsTableAgain() {
    KnownKey key = key(0);
    use(key, FrequentKeys.USES);
    key.demote();
    assertInstanceOf(ExactVerifier.class, key.verifier(backend, frequentKeys));
    use(key, FrequentKeys.USES - 1);
    assertInstanceOf(TableVerifier.class, key.verifier(backend, frequentKeys));
  }

  @Test
  void keyCache_crowdOfStrangeKeys_doesNotDisplaceAFrequentOne() {
    KeyCache cache = new KeyCache();
    byte[] bytes = ReferenceCurve.BASE.compress();
    KnownKey steady = cache.of(bytes);
    use(steady, FrequentKeys.USES);
    assertTrue(steady.isFrequent());
    for (int i = 0; i < 4 * KeyCache.SLOTS; i++) {
      cache.of(ReferenceCurve.littleEndian(BigInteger.valueOf(i)));
    }
    assertSame(steady, cache.of(bytes));
  }

  @Test
  void verify_acrossThePromotion_givesTheSameAnswers() {
    StrictEd25519 strict = new StrictEd25519(backend);
    KeySigner signer = strict.signer(new byte[32]);
    byte[] publicKey = signer.publicKey();
    for (int i = 0; i < 2 * FrequentKeys.USES; i++) {
      byte[] message = {(byte) i};
      byte[] signature = signer.sign(message);
      assertTrue(strict.verify(publicKey, message, signature), "use " + i);
      signature[i % 64] ^= (byte) (1 << (i % 8));
      assertFalse(strict.verify(publicKey, message, signature), "use " + i);
    }
  }

  @Test
  void verifier_manyThreads_oneTableAndRightAnswers() {
    KnownKey key = key(7);
    List<KeyVerifier> made =
        IntStream.range(0, 500).parallel().mapToObj(i -> key.verifier(backend, frequentKeys)).filter(TableVerifier.class::isInstance).distinct().toList();
    assertTrue(made.size() <= 1, "tables: " + made.size());
    use(key, FrequentKeys.USES);
    assertTrue(key.isFrequent());
  }
}
