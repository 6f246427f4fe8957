package org.docs4j.api.crypto.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.crypto.internal.SignatureBackend.KeyVerifier;

/**
 * Verifies many signatures, each by itself and exactly as {@link StrictEd25519#verify} does, with one inversion for all of them
 * ("Montgomery's trick"). It is no batch verification by a random linear combination, which would let through what the cofactor hides
 * (Chalkias et al., "Taming the many EdDSAs", section 3). Belongs to one thread.
 */
public final class VerificationBatch {
  /** Points that may wait for their inversion, so that memory is bounded whatever the caller adds. */
  private static final int MAX_WAITING = 128;

  private final StrictEd25519 strict;
  private final BitSet valid = new BitSet();
  private final List<EdwardsPoint> points = new ArrayList<>();

  /** What each of the points must be encoded as. */
  private final List<byte[]> encodings = new ArrayList<>();

  /** The number of the signature that each of the points belongs to. */
  private final int[] numbers = new int[MAX_WAITING];

  private int count;

  VerificationBatch(StrictEd25519 strict) {
    this.strict = strict;
  }

  /**
   * Adds a signature; the arrays may be changed afterwards.
   *
   * @param publicKey the key as it was received
   * @param message any bytes
   * @param signature the signature as it was received
   */
  public void add(byte[] publicKey, byte[] message, byte[] signature) {
    int number = count++;
    Optional<KeyVerifier> verifier = strict.verifier(publicKey, signature);
    if (verifier.isEmpty()) {
      return;
    }
    if (verifier.get() instanceof CurveVerifier curve) {
      numbers[points.size()] = number;
      encodings.add(Arrays.copyOf(signature, EdwardsPoint.BYTES));
      points.add(curve.sum(message, signature));
      if (points.size() == MAX_WAITING) {
        settle();
      }
    } else if (verifier.get().verify(message, signature)) {
      valid.set(number);
    }
  }

  /**
   * Decides what is left.
   *
   * @return the valid ones of all signatures added so far, by their number in the order of adding; a new set
   */
  public BitSet valid() {
    settle();
    return (BitSet) valid.clone();
  }

  private void settle() {
    FieldElement[] inverses = new FieldElement[points.size()];
    for (int i = 0; i < inverses.length; i++) {
      inverses[i] = new FieldElement();
      inverses[i].set(points.get(i).denominator());
    }
    FieldPowers.invertAll(inverses);
    for (int i = 0; i < inverses.length; i++) {
      valid.set(numbers[i], CurveVerifier.startsWith(encodings.get(i), points.get(i).compress(inverses[i])));
    }
    points.clear();
    encodings.clear();
  }
}
