package org.docs4j.api.crypto.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The public keys seen lately, at most {@value #SLOTS}. Each key has two places, found from its bytes; a new key takes the second one's
 * and moves the one before it, but a key
 * in frequent use does not give way to one that is not. For any thread, without locks: the worst that a race or a crowd of strange keys can do is that a key is
 * prepared again.
 */
final class KeyCache {
  static final int SLOTS = 512;

  private final AtomicReferenceArray<KnownKey> slots = new AtomicReferenceArray<>(SLOTS);

  /** The entry of a key, of exactly 32 bytes. */
  KnownKey of(byte[] publicKey) {
    int first = 2 * (slotHash(publicKey) & (SLOTS / 2 - 1));
    KnownKey newer = slots.get(first);
    if (newer != null && newer.is(publicKey)) {
      return newer;
    }
    KnownKey older = slots.get(first + 1);
    if (older != null && older.is(publicKey)) {
      return older;
    }
    KnownKey key = new KnownKey(publicKey);
    // Another thread may have filled both places since the first one was found empty.
    if (newer != null && (older == null || !older.isFrequent() || newer.isFrequent())) {
      slots.set(first + 1, newer);
    }
    slots.set(first, key);
    return key;
  }

  private static int slotHash(byte[] publicKey) {
    int hash = 0;
    for (byte b : publicKey) {
      hash = 31 * hash + b;
    }
    return hash ^ (hash >>> 16);
  }
}
