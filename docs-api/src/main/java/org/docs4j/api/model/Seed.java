package org.docs4j.api.model;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.crypto.SigningKey;

/** The 32-byte seed of an Ed25519 key, and the key expanded for signing: what every secret of this package is made of. */
final class Seed {
  private final byte[] seed;
  private final SigningKey key;

  Seed(byte[] seed) {
    if (seed.length != Ed25519.SEED_BYTES) {
      throw new IllegalArgumentException("a secret key has 32 bytes, not " + seed.length);
    }
    this.seed = seed.clone();
    this.key = SigningKey.of(this.seed);
  }

  static Seed random(RandomGenerator random) {
    byte[] bytes = new byte[Ed25519.SEED_BYTES];
    random.nextBytes(bytes);
    Seed result = new Seed(bytes);
    Arrays.fill(bytes, (byte) 0);
    return result;
  }

  Bytes32 publicKey() {
    return Bytes32.of(key.publicKey());
  }

  byte[] bytes() {
    return seed.clone();
  }

  Signature sign(byte[] message) {
    return Signature.of(key.sign(message));
  }

  /** The key that signs. */
  SigningKey key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seed that && MessageDigest.isEqual(seed, that.seed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seed);
  }
}
