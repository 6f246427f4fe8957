package org.docs4j.api.crypto;

import java.util.List;
import org.docs4j.api.crypto.internal.SignatureBackend.KeySigner;

/**
 * A secret Ed25519 key, expanded once for all the signatures it will make (RFC 8032, sections 5.1.5 and 5.1.6).
 *
 * <p>Immutable, for any thread. Signing is deterministic, and takes the same time whatever the key and the message's nonce are. The public
 * key always comes from the seed: signing under another one would give the seed away.
 */
public final class SigningKey {
  private final KeySigner signer;

  private SigningKey(KeySigner signer) {
    this.signer = signer;
  }

  /**
   * Expands a seed.
   *
   * @param seed 32 secret bytes, not kept
   * @return the key
   * @throws IllegalArgumentException if the seed is not of 32 bytes
   */
  public static SigningKey of(byte[] seed) {
    if (seed.length != Ed25519.SEED_BYTES) {
      throw new IllegalArgumentException("seed of " + seed.length + " bytes, not of " + Ed25519.SEED_BYTES);
    }
    return new SigningKey(Ed25519.signer(seed));
  }

  /**
   * Returns the public key.
   *
   * @return 32 new bytes
   */
  public byte[] publicKey() {
    return signer.publicKey();
  }

  /**
   * Signs a message. The same key and message always give the same signature.
   *
   * @param message any bytes
   * @return 64 new bytes
   */
  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  /**
   * Signs many messages, each with a key of its own, for less than one after the other: half the time from some tens on.
   *
   * @param keys the keys
   * @param messages as many messages
   * @return the signatures in their order, each of 64 new bytes and the same as {@link #sign} makes
   * @throws IllegalArgumentException if there are not as many keys as messages
   */
  public static List<byte[]> signAll(List<SigningKey> keys, List<byte[]> messages) {
    if (keys.size() != messages.size()) {
      throw new IllegalArgumentException(keys.size() + " keys for " + messages.size() + " messages");
    }
    return Ed25519.signAll(keys.stream().map(key -> key.signer).toList(), messages);
  }

  /**
   * Loads Amazon's native provider if the application brings it along, compares it with the portable way, and has all keys sign by it from
   * then on, those that there are already included: about a quarter of the time for one signature, and the same answers.
   *
   * <p>Worth it for whoever makes thousands of signatures: the first call takes some hundred milliseconds of processor time, so it does
   * not belong on a thread that others wait for; further calls only answer. Nothing is loaded, and nothing else happens, where the
   * provider is missing, does not run or answers wrongly, or where the system property {@code docs4j.ed25519} is {@code portable}.
   *
   * @return whether signatures are made natively now
   */
  public static boolean findQuicker() {
    return Ed25519.findQuickerSigning();
  }
}
