package org.docs4j.api.model;

/**
 * The fingerprint of a set of entries: {@code BLAKE3("")} combined by exclusive or with the fingerprint of every entry
 * (WIRE 3.7).
 *
 * <p>It tells whether two honest sets differ. It is no commitment: a writer can construct different sets with equal
 * fingerprints.
 *
 * @param bytes the 32 bytes
 */
public record Fingerprint(Bytes32 bytes) {
  /** The fingerprint of the empty set, {@code BLAKE3("")}. */
  public static final Fingerprint EMPTY_SET = new Fingerprint(Hash.EMPTY.bytes());

  /** Exclusive or with zero changes nothing: the sum of no entries before the seed of the set is added. */
  public static final Fingerprint ZERO = new Fingerprint(Bytes32.ZERO);

  /** This fingerprint with another one added, or taken away again. */
  public Fingerprint xor(Fingerprint other) {
    return new Fingerprint(bytes.xor(other.bytes));
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
