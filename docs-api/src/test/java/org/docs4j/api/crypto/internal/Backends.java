package org.docs4j.api.crypto.internal;

import java.util.ArrayList;
import java.util.List;

/** The back ends that can run here, for tests that ask all of them. */
final class Backends {
  private Backends() {}

  static List<SignatureBackend> all() {
    List<SignatureBackend> backends = new ArrayList<>();
    backends.add(new PortableBackend());
    CorrettoBackend.load().ifPresent(backends::add);
    return backends;
  }
}
