package org.docs4j.api.crypto.internal;

import java.util.Optional;

/**
 * One way to compute Ed25519. All of them give the same answers on the same bytes; {@link StrictEd25519} asks them and adds the strict
 * rules that they do not share. Instances serve all threads.
 */
public interface SignatureBackend {
  /**
   * Names the back end, for the log.
   *
   * @return a short name
   */
  String name();

  /**
   * Prepares signing with one key.
   *
   * @param seed 32 bytes, copied
   * @return the signer
   */
  KeySigner signer(byte[] seed);

  /**
   * Prepares verification with one key.
   *
   * @param publicKey 32 bytes that decompress to a point that is not of small order; not modified by anyone
   * @return the verifier
   */
  KeyVerifier verifier(byte[] publicKey);

  /**
   * Prepares verification with one key that comes often: slow to make and large, and faster than {@link #verifier} in use.
   *
   * @param publicKey as there
   * @return the verifier; empty if this back end has nothing faster
   */
  Optional<KeyVerifier> frequentVerifier(byte[] publicKey);

  /** Signing with one secret key, prepared once. Instances serve all threads. */
  interface KeySigner {
    /**
     * Returns the public key (RFC 8032, section 5.1.5).
     *
     * @return 32 new bytes
     */
    byte[] publicKey();

    /**
     * Signs a message (RFC 8032, section 5.1.6).
     *
     * @param message any bytes
     * @return 64 new bytes
     */
    byte[] sign(byte[] message);
  }

  /** Verification with one public key, prepared once. Instances serve all threads. */
  @FunctionalInterface
  interface KeyVerifier {
    /**
     * Evaluates the cofactor-less equation: whether R equals, byte for byte, the encoding of [S]B - [k]A (WIRE 2.3).
     *
     * @param message any bytes
     * @param signature 64 bytes whose S is below the group order
     * @return whether the equation holds
     */
    boolean verify(byte[] message, byte[] signature);
  }
}
