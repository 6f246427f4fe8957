package org.docs4j.api.crypto.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The back ends that can run here, for tests that ask all of them. */
final class Backends {
  private Backends() {}

  static List<SignatureBackend> all() {
    List<SignatureBackend> backends = new ArrayList<>();
    backends.add(new PortableBackend());
    backends.add(new Tables());
    CorrettoBackend.load().ifPresent(backends::add);
    return backends;
  }

  /** Makes a table for every key at once. */
  private static final class Tables implements SignatureBackend {
    @Override
    public String name() {
      return "tables";
    }

    @Override
    public KeySigner signer(byte[] seed) {
      return new CurveSigner(seed);
    }

    @Override
    public KeyVerifier verifier(byte[] publicKey) {
      return new TableVerifier(publicKey);
    }

    @Override
    public Optional<KeyVerifier> frequentVerifier(byte[] publicKey) {
      return Optional.empty();
    }
  }
}
