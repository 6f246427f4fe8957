package org.docs4j.api.model;

import java.util.random.RandomGenerator;

/**
 * The secret key of an endpoint: its identity on the network.
 *
 * <p>Immutable and safe to share between threads. {@link #toString} shows the public id, never the secret.
 */
public final class EndpointSecret {
  private final Seed seed;
  private final EndpointId id;

  private EndpointSecret(Seed seed) {
    this.seed = seed;
    this.id = new EndpointId(seed.publicKey());
  }

  /**
   * Takes the 32-byte seed of the key (RFC 8032, section 5.1.5).
   *
   * @throws IllegalArgumentException if the array has another length
   */
  public static EndpointSecret of(byte[] seed) {
    return new EndpointSecret(new Seed(seed));
  }

  /** Makes a new key; the generator must be a cryptographic one wherever the key is to protect anything. */
  public static EndpointSecret random(RandomGenerator random) {
    return new EndpointSecret(Seed.random(random));
  }

  /**
   * Reads the seed from 64 hexadecimal digits or 52 characters of base32.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static EndpointSecret parse(String text) {
    return of(IdText.parse(text).toByteArray());
  }

  /** The public key. */
  public EndpointId id() {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof EndpointSecret that && seed.equals(that.seed);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "EndpointSecret[" + id + "]";
  }
}
