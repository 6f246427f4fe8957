package org.docs4j.api.crypto.internal;

/**
 * Whether this machine has an instruction for {@link Math#fma}, which otherwise takes some hundred times as long.
 *
 * <p>The platform does not tell, so it is measured once. That is why a clock is read here; it changes no answer.
 */
final class FusedMultiplyAdd {
  private static final int ATTEMPTS = 8;
  private static final int OPERATIONS = 64;

  /** Per operation: interpreted code takes below 100 with the instruction, and above 2,000 without. */
  private static final long LIMIT_NANOS = 500;

  private static final boolean FAST = measure() < OPERATIONS * LIMIT_NANOS;

  private FusedMultiplyAdd() {}

  static boolean isFast() {
    return FAST;
  }

  /** The shortest of a few attempts, so that a break of the thread does not count. */
  private static long measure() {
    long best = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long begun = System.nanoTime();
      double product = 1;
      for (int i = 0; i < OPERATIONS; i++) {
        product = Math.fma(product, 1.25, -0.125);
      }
      long took = System.nanoTime() - begun;
      best = product > 0 ? Math.min(best, took) : best;
    }
    return best;
  }
}
