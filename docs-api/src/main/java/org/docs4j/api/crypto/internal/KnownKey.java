package org.docs4j.api.crypto.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is worth keeping about one public key: whether it is a point, and the verifier, made when it is first asked for. */
final class KnownKey {
  private final byte[] bytes;
  private final boolean point;
  private volatile SignatureBackend.@Nullable KeyVerifier verifier;

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

  /** The verifier of this key, which must be a point that is not of small order. Two threads may make it at once; one of them is kept. */
  SignatureBackend.KeyVerifier verifier(SignatureBackend backend) {
    SignatureBackend.KeyVerifier current = verifier;
    if (current == null) {
      current = backend.verifier(bytes);
      verifier = current;
    }
    return current;
  }
}
