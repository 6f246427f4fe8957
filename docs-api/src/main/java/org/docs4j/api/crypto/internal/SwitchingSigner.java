package org.docs4j.api.crypto.internal;

import java.util.Optional;
import java.util.function.Supplier;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;
import org.jspecify.annotations.Nullable;

/**
 * Signing with one secret key that goes over to a quicker way as soon as there is one; the signatures stay the same. For any thread.
 */
final class SwitchingSigner implements KeySigner {
  private final byte[] seed;
  private final CurveSigner portable;
  private final Supplier<Optional<CorrettoBackend>> quicker;
  private volatile @Nullable KeySigner quick;

  /**
   * Expands a key.
   *
   * @param seed 32 bytes, copied
   * @param quicker asked at each signature until it answers
   */
  SwitchingSigner(byte[] seed, Supplier<Optional<CorrettoBackend>> quicker) {
    this.seed = seed.clone();
    this.portable = new CurveSigner(seed);
    this.quicker = quicker;
  }

  @Override
  public byte[] publicKey() {
    return portable.publicKey();
  }

  @Override
  public byte[] sign(byte[] message) {
    return current().sign(message);
  }

  /** What signs at present. */
  KeySigner current() {
    KeySigner known = quick;
    if (known != null) {
      return known;
    }
    Optional<CorrettoBackend> found = quicker.get();
    if (found.isEmpty()) {
      return portable;
    }
    KeySigner made = found.get().signer(seed, portable);
    quick = made;
    return made;
  }
}
