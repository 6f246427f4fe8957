package org.docs4j.api.crypto.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.docs4j.api.crypto.internal.SignatureBackend.KeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * What is worth keeping about one public key: whether it is a point, and the verifiers, made when they are first needed. For any thread,
 * without locks: two threads may make a verifier at once, and one of them is kept.
 */
final class KnownKey {
  private final byte[] bytes;
  private final boolean point;
  private volatile @Nullable KeyVerifier ordinary;
  private volatile @Nullable KeyVerifier frequent;
  private volatile boolean usedLately;

  /** How often a verifier was asked for; too low after a race, which delays the frequent one by a few uses. */
  private int uses;

  private final AtomicBoolean promoting = new AtomicBoolean();

  KnownKey(byte[] publicKey) {
    bytes = publicKey.clone();
    point = new EdwardsPoint().decompress(bytes);
  }

  boolean is(byte[] publicKey) {
    return Arrays.equals(bytes, publicKey);
  }

  boolean isPoint() {
    return point;
  }

  /** Whether this key has a verifier for frequent use. */
  boolean isFrequent() {
    return frequent != null;
  }

  /**
   * The verifier of this key, which must be a point that is not of small order. Every {@value FrequentKeys#USES} uses of the ordinary one
   * pay for making the one for frequent use.
   */
  KeyVerifier verifier(SignatureBackend backend, FrequentKeys frequentKeys) {
    KeyVerifier current = frequent;
    if (current != null) {
      if (!usedLately) {
        usedLately = true;
      }
      return current;
    }
    if (++uses >= FrequentKeys.USES && promoting.compareAndSet(false, true)) {
      uses = 0;
      try {
        backend.frequentVerifier(bytes).ifPresent(made -> promote(made, frequentKeys));
      } finally {
        promoting.set(false);
      }
    }
    current = ordinary;
    if (current == null) {
      current = backend.verifier(bytes);
      ordinary = current;
    }
    return current;
  }

  private void promote(KeyVerifier made, FrequentKeys frequentKeys) {
    usedLately = false;
    frequent = made;
    frequentKeys.admit(this);
  }

  /** Whether the verifier for frequent use was used since the last question. */
  boolean wasUsedLately() {
    boolean used = usedLately;
    usedLately = false;
    return used;
  }

  /** Gives the verifier for frequent use up; the ordinary one serves until there were enough uses again. */
  void demote() {
    frequent = null;
  }
}
