package org.docs4j.api.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In whose name there can be valid signatures. */
final class StrictKeyTest {
  private static final long SEED = 7;

  /** The eight points of small order, in every way in which they can be written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      })
  void isStrictKey_pointOfSmallOrder_isFalse(String hex) {
    byte[] key = HexFormat.of().parseHex(hex);
    assertTrue(Ed25519.isPoint(key));
    assertFalse(Ed25519.isStrictKey(key));
  }

  @Test
  void isStrictKey_wrongLength_isFalse() {
    for (int length : new int[] {0, 1, 31, 33, 64}) {
      assertFalse(Ed25519.isStrictKey(new byte[length]), () -> length + " bytes");
    }
  }

  @Test
  void isStrictKey_randomBytes_isTrueForPointsOnly() {
    Random random = new Random(SEED);
    int points = 0;
    for (int i = 0; i < 200; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      assertEquals(Ed25519.isPoint(key), Ed25519.isStrictKey(key));
      points += Ed25519.isPoint(key) ? 1 : 0;
    }
    assertTrue(points > 50 && points < 150, "about half of them: " + points);
  }

  @Test
  void isStrictKey_keysOfSeeds_isTrue() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      assertTrue(Ed25519.isStrictKey(SigningKey.of(seed).publicKey()));
    }
  }
}
