package org.docs4j.api.model;

import java.util.random.RandomGenerator;
import org.docs4j.api.crypto.SigningKey;

/**
 * The secret key of a namespace: whoever has it may write to the document.
 *
 * <p>Immutable and safe to share between threads. {@link #toString} shows the public id, never the secret.
 */
public final class NamespaceSecret {
  private final Seed seed;
  private final NamespaceId id;

  private NamespaceSecret(Seed seed) {
    this.seed = seed;
    this.id = new NamespaceId(seed.publicKey());
  }

  /**
   * Takes the 32-byte seed of the key (RFC 8032, section 5.1.5).
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static NamespaceSecret of(byte[] seed) {
    return new NamespaceSecret(new Seed(seed));
  }

  /** Makes a new key; the generator must be a cryptographic one wherever the key is to protect anything. */
  public static NamespaceSecret random(RandomGenerator random) {
    return new NamespaceSecret(Seed.random(random));
  }

  /**
   * Reads the seed from 64 hexadecimal digits or 52 characters of base32.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static NamespaceSecret parse(String text) {
    return of(IdText.parse(text).toByteArray());
  }

  /** The public key. */
  public NamespaceId id() {
    return id;
  }

  /** A fresh copy of the secret 32-byte seed. */
  public byte[] toByteArray() {
    return seed.bytes();
  }

  /** Signs a message (deterministic Ed25519, RFC 8032). */
  public Signature sign(byte[] message) {
    return seed.sign(message);
  }

  SigningKey key() {
    return seed.key();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamespaceSecret that && seed.equals(that.seed);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "NamespaceSecret[" + id + "]";
  }
}
