package org.docs4j.api.crypto.internal;

/**
 * One way to compute Ed25519. All of them give the same answers on the same bytes; {@link StrictEd25519} asks them and adds the strict
 * rules that they do not share. Instances serve all threads.
 */
public sealed interface SignatureBackend permits PortableBackend, CorrettoBackend {
  /**
   * Names the back end, for the log.
   *
   * @return a short name
   */
  String name();

  /**
   * Derives the public key of a seed (RFC 8032, section 5.1.5).
   *
   * @param seed 32 bytes
   * @return 32 new bytes
   */
  byte[] publicKey(byte[] seed);

  /**
   * Signs a message (RFC 8032, section 5.1.6).
   *
   * @param seed 32 bytes
   * @param publicKey the public key of this seed, known to be so
   * @param message any bytes
   * @return 64 new bytes
   */
  byte[] sign(byte[] seed, byte[] publicKey, byte[] message);

  /**
   * Prepares verification with one key.
   *
   * @param publicKey 32 bytes that decompress to a point that is not of small order; not modified by anyone
   * @return the verifier
   */
  KeyVerifier verifier(byte[] publicKey);

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
