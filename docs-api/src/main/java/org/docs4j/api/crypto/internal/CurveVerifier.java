package org.docs4j.api.crypto.internal;

import java.util.Arrays;

/**
 * Verification with one key by the own curve arithmetic: R must be the encoding of [S]B - [k]A. It is exact for every A, also outside the
 * subgroup of prime order, and never decompresses R. The point and its encoding are computed apart, so that many points can share the
 * inversion that their encodings need.
 */
abstract sealed class CurveVerifier implements SignatureBackend.KeyVerifier permits ExactVerifier, TableVerifier {
  private final byte[] publicKey;

  CurveVerifier(byte[] publicKey) {
    this.publicKey = publicKey;
  }

  /** The negative of the point that a key encodes, which it must. */
  static EdwardsPoint negative(byte[] publicKey) {
    EdwardsPoint point = new EdwardsPoint();
    if (!point.decompress(publicKey)) {
      throw new IllegalArgumentException("not a point");
    }
    point.negate();
    return point;
  }

  /** [S]B - [k]A. */
  abstract EdwardsPoint combine(byte[] s, byte[] k);

  /** S, the second half of a signature. */
  static byte[] s(byte[] signature) {
    return Arrays.copyOfRange(signature, Scalar.BYTES, 2 * Scalar.BYTES);
  }

  /** The number k of a signature. */
  final byte[] challenge(byte[] message, byte[] signature) {
    return Scalar.challenge(signature, publicKey, message);
  }

  /** The point that R must encode if the signature is valid. */
  final EdwardsPoint sum(byte[] message, byte[] signature) {
    return combine(s(signature), challenge(message, signature));
  }

  @Override
  public final boolean verify(byte[] message, byte[] signature) {
    return startsWith(signature, sum(message, signature).compress());
  }

  /** Whether R, the first half of a signature, is this encoding, byte for byte. */
  static boolean startsWith(byte[] signature, byte[] encoded) {
    return Arrays.equals(encoded, 0, EdwardsPoint.BYTES, signature, 0, EdwardsPoint.BYTES);
  }
}
