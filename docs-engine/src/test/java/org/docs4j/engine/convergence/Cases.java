package org.docs4j.engine.convergence;

import java.util.function.LongConsumer;

/** Numbered cases: the seed of a case is its number, so that a failed one can be run alone. */
public final class Cases {
  /** Names the first case of a run. */
  public static final String FIRST = "docs.convergence.first";

  /** Names how many cases a run has, in place of the few of a build. */
  public static final String COUNT = "docs.convergence.cases";

  private static final System.Logger LOG = System.getLogger(Cases.class.getName());

  private Cases() {}

  /** Whether the cases are those of each build, of which it is known what they show. */
  public static boolean ofEachBuild() {
    return System.getProperty(FIRST) == null && System.getProperty(COUNT) == null;
  }

  /** Runs cases; what fails says how to run it again. */
  public static void run(String what, long few, LongConsumer body) {
    long first = Long.getLong(FIRST, 1);
    long count = Long.getLong(COUNT, few);
    LOG.log(System.Logger.Level.INFO, "{0}: {1} cases from {2}", what, Long.toString(count), Long.toString(first));
    for (long seed = first; seed < first + count; seed++) {
      try {
        body.accept(seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(what + ": run it again with -D" + FIRST + "=" + seed + " -D" + COUNT + "=1", e);
      }
    }
  }
}
