package org.docs4j.api.crypto.internal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Signatures by one secret key (RFC 8032, section 5.1.6), the key expanded once. What touches the secret or the nonce takes the same time
 * for all values. Immutable, for any thread.
 */
final class CurveSigner implements SignatureBackend.KeySigner {
  private final byte[] secret;
  private final byte[] prefix;
  private final byte[] publicKey;

  /** Expands a seed (RFC 8032, section 5.1.5). */
  CurveSigner(byte[] seed) {
    byte[] expanded = Scalar.sha512().digest(seed);
    expanded[0] &= (byte) 0xF8;
    expanded[Scalar.BYTES - 1] &= 0x7F;
    expanded[Scalar.BYTES - 1] |= 0x40;
    secret = Arrays.copyOf(expanded, Scalar.BYTES);
    prefix = Arrays.copyOfRange(expanded, Scalar.BYTES, 2 * Scalar.BYTES);
    Arrays.fill(expanded, Scalar.BYTES, 2 * Scalar.BYTES, (byte) 0);
    publicKey = BaseMultiples.times(ScalarLimbs.reduce(expanded)).compress();
    Arrays.fill(expanded, (byte) 0);
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public byte[] sign(byte[] message) {
    byte[] nonce = nonce(message);
    return finish(message, nonce, BaseMultiples.times(nonce).compress());
  }

  /**
   * Signs many messages, each by a key of its own.
   *
   * @param signers the keys
   * @param messages as many
   * @return the signatures in their order, the same as {@link #sign} makes
   */
  static List<byte[]> signAll(List<CurveSigner> signers, List<byte[]> messages) {
    List<byte[]> nonces = new ArrayList<>(signers.size());
    for (int i = 0; i < signers.size(); i++) {
      nonces.add(signers.get(i).nonce(messages.get(i)));
    }
    List<byte[]> points = EdwardsPoint.compressAll(BaseMultiples.timesAll(nonces));
    List<byte[]> signatures = new ArrayList<>(signers.size());
    for (int i = 0; i < signers.size(); i++) {
      signatures.add(signers.get(i).finish(messages.get(i), nonces.get(i), points.get(i)));
    }
    return signatures;
  }

  private byte[] nonce(byte[] message) {
    MessageDigest digest = Scalar.sha512();
    digest.update(prefix);
    return ScalarLimbs.reduce(digest.digest(message));
  }

  private byte[] finish(byte[] message, byte[] nonce, byte[] point) {
    byte[] signature = Arrays.copyOf(point, 2 * Scalar.BYTES);
    byte[] challenge = Scalar.challenge(signature, publicKey, message);
    System.arraycopy(ScalarLimbs.multiplyAdd(challenge, secret, nonce), 0, signature, Scalar.BYTES, Scalar.BYTES);
    return signature;
  }
}
