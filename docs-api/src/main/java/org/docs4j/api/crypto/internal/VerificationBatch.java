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
  private static final int MAX_WAITING = TableSums.LANES;

  private final StrictEd25519 strict;
  private final BitSet valid = new BitSet();
  private final List<EdwardsPoint> points = new ArrayList<>();
  private final Expected ofPoints = new Expected();

  /** Further points, not computed yet, those of keys with tables. */
  private final TableSums sums = new TableSums();

  private final Expected ofSums = new Expected();

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
    if (verifier.get() instanceof TableVerifier table) {
      ofSums.add(number, signature);
      sums.add(table, message, signature);
      if (sums.isFull()) {
        settleSums();
      }
    } else if (verifier.get() instanceof CurveVerifier curve) {
      ofPoints.add(number, signature);
      points.add(curve.sum(message, signature));
      if (points.size() == MAX_WAITING) {
        settlePoints();
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
    settleSums();
    settlePoints();
    return (BitSet) valid.clone();
  }

  private void settleSums() {
    ofSums.settle(sums.take(), valid);
  }

  private void settlePoints() {
    ofPoints.settle(points, valid);
    points.clear();
  }

  /** What points must be encoded as, and the number of the signature that each belongs to. */
  private static final class Expected {
    private final List<byte[]> encodings = new ArrayList<>();
    private final int[] numbers = new int[MAX_WAITING];

    void add(int number, byte[] signature) {
      numbers[encodings.size()] = number;
      encodings.add(Arrays.copyOf(signature, EdwardsPoint.BYTES));
    }

    void settle(List<EdwardsPoint> points, BitSet valid) {
      List<byte[]> actual = EdwardsPoint.compressAll(points);
      for (int i = 0; i < actual.size(); i++) {
        valid.set(numbers[i], CurveVerifier.startsWith(encodings.get(i), actual.get(i)));
      }
      encodings.clear();
    }
  }
}
