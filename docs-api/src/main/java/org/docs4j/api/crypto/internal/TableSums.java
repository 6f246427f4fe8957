package org.docs4j.api.crypto.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The sums that {@link TableVerifier}s have to take, gathered so that many are taken side by side. Belongs to one thread.
 */
final class TableSums {
  /** How many sums are taken at once at most: enough for long loops, few enough for the processor's caches. */
  static final int LANES = 128;

  /** From how many on it is faster than one after the other. */
  private static final int LEAST_LANES = 48;

  private final List<TableVerifier> verifiers = new ArrayList<>();
  private final List<short[]> baseDigits = new ArrayList<>();
  private final List<short[]> keyDigits = new ArrayList<>();

  /** Adds the sum [S]B - [k]A of a signature. */
  void add(TableVerifier verifier, byte[] message, byte[] signature) {
    verifiers.add(verifier);
    baseDigits.add(Scalar.windows(CurveVerifier.s(signature), TableVerifier.WIDTH));
    keyDigits.add(Scalar.windows(verifier.challenge(message, signature), TableVerifier.WIDTH));
  }

  boolean isFull() {
    return verifiers.size() == LANES;
  }

  /** Takes all sums, in the order of adding, and forgets them. */
  List<EdwardsPoint> take() {
    int count = verifiers.size();
    List<EdwardsPoint> sums = new ArrayList<>(count);
    if (count >= LEAST_LANES && FusedMultiplyAdd.isFast()) {
      PointLanes lanes = sideBySide(count);
      for (int i = 0; i < count; i++) {
        sums.add(lanes.point(i));
      }
    } else {
      for (int i = 0; i < count; i++) {
        sums.add(verifiers.get(i).combine(baseDigits.get(i), keyDigits.get(i)));
      }
    }
    verifiers.clear();
    baseDigits.clear();
    keyDigits.clear();
    return sums;
  }

  private PointLanes sideBySide(int count) {
    PointLanes lanes = new PointLanes(count);
    for (int window = 0; window < PointTable.windows(TableVerifier.WIDTH); window++) {
      for (int i = 0; i < count; i++) {
        lanes.choose(i, TableVerifier.BASE, window, baseDigits.get(i)[window]);
      }
      lanes.add();
      for (int i = 0; i < count; i++) {
        lanes.choose(i, verifiers.get(i).minusKey(), window, keyDigits.get(i)[window]);
      }
      lanes.add();
    }
    return lanes;
  }
}
