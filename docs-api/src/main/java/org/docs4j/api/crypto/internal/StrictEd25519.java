package org.docs4j.api.crypto.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/**
 * Ed25519 with the rules that decide what a document accepts (WIRE 2.3), over a back end that does the arithmetic. For any thread.
 *
 * <p>Callers check the lengths of keys; everything else about them is checked here.
 */
public final class StrictEd25519 {
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final SignatureBackend backend;
  private final KeyCache keys = new KeyCache();
  private final KeyPairs pairs = new KeyPairs();

  /**
   * Creates it over a back end.
   *
   * @param backend does the arithmetic
   */
  public StrictEd25519(SignatureBackend backend) {
    this.backend = backend;
  }

  /**
   * Creates it over the fastest back end that works here, and logs which one that is.
   *
   * @return a new instance
   */
  public static StrictEd25519 create() {
    SignatureBackend chosen = CorrettoBackend.load().<SignatureBackend>map(b -> b).orElseGet(PortableBackend::new);
    Logger logger = System.getLogger(StrictEd25519.class.getName());
    logger.log(Level.DEBUG, "Ed25519 back end: {0}", chosen.name());
    return new StrictEd25519(chosen);
  }

  /**
   * Derives the public key of a seed.
   *
   * @param seed 32 bytes
   * @return 32 new bytes
   */
  public byte[] publicKey(byte[] seed) {
    byte[] publicKey = backend.publicKey(seed);
    pairs.remember(seed, publicKey);
    return publicKey;
  }

  /**
   * Signs a message.
   *
   * @param seed 32 bytes
   * @param publicKey 32 bytes
   * @param message any bytes
   * @return 64 new bytes
   * @throws IllegalArgumentException if the public key is not that of the seed
   */
  public byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    if (!pairs.contains(seed, publicKey)) {
      if (!Arrays.equals(publicKey, publicKey(seed))) {
        throw new IllegalArgumentException("the public key does not belong to the seed");
      }
    }
    return backend.sign(seed, publicKey, message);
  }

  /**
   * Verifies a signature strictly.
   *
   * @param publicKey the key as it was received
   * @param message any bytes
   * @param signature the signature as it was received
   * @return whether it is valid; false for anything malformed
   */
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    if (!Scalar.isCanonical(signature, KEY_BYTES)
        || KnownPoints.isSmallOrder(signature, 0)
        || KnownPoints.isSmallOrder(publicKey, 0)) {
      return false;
    }
    KnownKey key = keys.of(publicKey);
    return key.isPoint() && key.verifier(backend).verify(message, signature);
  }

  /**
   * Whether a public key decompresses, as the reference's library decides it.
   *
   * @param publicKey the key as it was received
   * @return false also for a wrong length
   */
  public boolean isPoint(byte[] publicKey) {
    return publicKey.length == KEY_BYTES && keys.of(publicKey).isPoint();
  }

  /**
   * Whether {@link #verify} can accept any signature by a key.
   *
   * @param publicKey the key as it was received
   * @return false also for a wrong length
   */
  public boolean isStrictKey(byte[] publicKey) {
    return isPoint(publicKey) && !KnownPoints.isSmallOrder(publicKey, 0);
  }
}
