package org.docs4j.api.crypto.internal;

import org.jspecify.annotations.Nullable;

/**
 * The keys that have a verifier for frequent use, at most {@value #MAX_KEYS}, since each takes 384 KiB. A new one takes the place of one
 * that was not used since the hand of the clock last passed it (the replacement "second chance"). For any thread; the lock is taken only
 * when a key is admitted.
 *
 * <p>Bringing many keys gains an attacker nothing: a key must be used {@value #USES} times before its table is made, which takes about as
 * long as those uses did.
 */
final class FrequentKeys {
  static final int MAX_KEYS = 32;

  /** How many verifications the making of a table costs, and so how many have to come before. */
  static final int USES = 64;

  private final @Nullable KnownKey[] keys = new @Nullable KnownKey[MAX_KEYS];
  private int hand;

  /** Takes a key that has a verifier for frequent use, and lets another one give its own up if there are too many. */
  synchronized void admit(KnownKey key) {
    for (int steps = 0; steps < MAX_KEYS && isInUse(keys[hand]); steps++) {
      hand = (hand + 1) % MAX_KEYS;
    }
    KnownKey displaced = keys[hand];
    if (displaced != null) {
      displaced.demote();
    }
    keys[hand] = key;
    hand = (hand + 1) % MAX_KEYS;
  }

  private static boolean isInUse(@Nullable KnownKey key) {
    return key != null && key.wasUsedLately();
  }
}
