package org.docs4j.api.crypto.internal;

import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The pairs of seed and public key that were found to belong together lately, as digests, so that no secret stays here. Signing under a
 * public key that is not the seed's own would give the seed away (two signatures with one nonce), so every pair is checked; this makes
 * the check cheap. For any thread, without locks.
 */
final class KeyPairs {
  private static final int SLOTS = 64;

  private final AtomicReferenceArray<byte[]> slots = new AtomicReferenceArray<>(SLOTS);

  void remember(byte[] seed, byte[] publicKey) {
    slots.set(slot(publicKey), digest(seed, publicKey));
  }

  boolean contains(byte[] seed, byte[] publicKey) {
    byte[] known = slots.get(slot(publicKey));
    return known != null && MessageDigest.isEqual(known, digest(seed, publicKey));
  }

  private static int slot(byte[] publicKey) {
    return publicKey[0] & (SLOTS - 1);
  }

  private static byte[] digest(byte[] seed, byte[] publicKey) {
    MessageDigest digest = Scalar.sha512();
    digest.update(seed);
    digest.update(publicKey);
    return digest.digest();
  }
}
