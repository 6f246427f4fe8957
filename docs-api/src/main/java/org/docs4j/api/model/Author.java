package org.docs4j.api.model;

import java.util.random.RandomGenerator;
import org.docs4j.api.crypto.SigningKey;

/**
 * An author's secret key: whoever has it may write entries in the author's name.
 *
 * <p>Immutable and safe to share between threads. {@link #toString} shows the public id, never the secret.
 */
public final class Author {
  private final Seed seed;
  private final AuthorId id;

  private Author(Seed seed) {
    this.seed = seed;
    this.id = new AuthorId(seed.publicKey());
  }

  /**
   * Takes the 32-byte seed of the key (RFC 8032, section 5.1.5).
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static Author of(byte[] seed) {
    return new Author(new Seed(seed));
  }

  /** Makes a new key; the generator must be a cryptographic one wherever the key is to protect anything. */
  public static Author random(RandomGenerator random) {
    return new Author(Seed.random(random));
  }

  /**
   * Reads the seed from 64 hexadecimal digits or 52 characters of base32.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Author parse(String text) {
    return of(IdText.parse(text).toByteArray());
  }

  /** The public key. */
  public AuthorId id() {
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
    return other instanceof Author that && seed.equals(that.seed);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Author[" + id + "]";
  }
}
