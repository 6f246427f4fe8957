package org.docs4j.api.crypto.internal;

import java.util.Optional;

/**
 * Ed25519 in plain Java, the same on every platform: {@link CurveSigner}, and verification by the equation as it is written, for keys that
 * come often with a table of their multiples.
 */
public final class PortableBackend implements SignatureBackend {
  /** Creates the back end; it has no state. */
  public PortableBackend() {}

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public KeySigner signer(byte[] seed) {
    return new CurveSigner(seed);
  }

  @Override
  public KeyVerifier verifier(byte[] publicKey) {
    return new ExactVerifier(publicKey);
  }

  @Override
  public Optional<KeyVerifier> frequentVerifier(byte[] publicKey) {
    return Optional.of(new TableVerifier(publicKey));
  }
}
