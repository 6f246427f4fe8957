package org.docs4j.api.crypto.internal;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Ed25519 on every platform: keys and signatures by BouncyCastle, whose code for secrets runs in constant time, and verification by
 * {@link ExactVerifier}, since BouncyCastle's own multiplies the equation by the cofactor and so accepts more than WIRE 2.3 allows.
 */
public final class PortableBackend implements SignatureBackend {
  /** Creates the back end; it has no state. */
  public PortableBackend() {}

  @Override
  public String name() {
    return "portable (BouncyCastle)";
  }

  @Override
  public byte[] publicKey(byte[] seed) {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public KeyVerifier verifier(byte[] publicKey) {
    return new ExactVerifier(publicKey);
  }
}
