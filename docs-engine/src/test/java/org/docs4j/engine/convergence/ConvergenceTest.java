package org.docs4j.engine.convergence;

import org.junit.jupiter.api.Test;

/** Replicas become equal whatever happened before; see {@link Cases} for longer runs. */
class ConvergenceTest {
  @Test
  void when_replicasWriteAndSyncAtWill_then_allBecomeTheUnion() {
    Cases.run(
        "replicas",
        1500,
        seed -> {
          try (ScriptedCase one = new ScriptedCase(seed, false)) {
            one.run();
          }
        });
  }

  @Test
  void when_oneOfThemForgetsDeletionsAsRealNodesDo_then_allBecomeTheUnionOfWhatIsHeld() {
    Cases.run(
        "a mesh with a real node's rule",
        500,
        seed -> {
          try (ScriptedCase one = new ScriptedCase(seed, true)) {
            one.run();
          }
        });
  }
}
