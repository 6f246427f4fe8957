package org.docs4j.api.crypto.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class KeyCacheTest {
  private static byte[] key(Random random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return key;
  }

  @Test
  void of_sameBytes_isTheSameEntry() {
    KeyCache cache = new KeyCache();
    byte[] key = key(new Random(1));
    KnownKey first = cache.of(key);
    assertSame(first, cache.of(key.clone()));
  }

  @Test
  void of_arrayChangedByCaller_keepsTheEntryRight() {
    KeyCache cache = new KeyCache();
    byte[] key = key(new Random(2));
    KnownKey first = cache.of(key);
    byte[] other = key.clone();
    key[0] ^= 1;
    assertFalse(first.is(key));
    assertSame(first, cache.of(other));
  }

  @Test
  void of_crowdOfKeys_answersForTheKeyAsked() {
    KeyCache cache = new KeyCache();
    Random random = new Random(3);
    for (int i = 0; i < 4 * KeyCache.SLOTS; i++) {
      byte[] key = key(random);
      assertTrue(cache.of(key).is(key));
      assertEquals(new EdwardsPoint().decompress(key), cache.of(key).isPoint());
    }
  }

  @Test
  void verify_manyThreadsAndKeys_allAnswersAreRight() throws Exception {
    StrictEd25519 strict = new StrictEd25519(new PortableBackend());
    Random random = new Random(4);
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      seeds.add(key(random));
    }
    byte[] message = key(random);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        results.add(executor.submit(() -> countValid(strict, seeds, message)));
      }
      for (Future<Integer> result : results) {
        assertEquals(seeds.size(), result.get());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int countValid(StrictEd25519 strict, List<byte[]> seeds, byte[] message) {
    int valid = 0;
    for (byte[] seed : seeds) {
      byte[] publicKey = strict.signer(seed).publicKey();
      byte[] signature = strict.signer(seed).sign(message);
      boolean right = strict.verify(publicKey, message, signature);
      signature[40] ^= 1;
      valid += right && !strict.verify(publicKey, message, signature) ? 1 : 0;
    }
    return valid;
  }
}
