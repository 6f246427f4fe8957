package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.engine.convergence.Cases;
import org.junit.jupiter.api.Test;

/** Whole nodes that sync over a simulated network become equal whatever happened before. */
class NodeConvergenceTest {
  private int sessions;
  private int casesCutWithin;
  private int killed;

  @Test
  void when_nodesWriteAndSyncAtWill_then_allBecomeTheUnion() {
    Cases.run(
        "nodes",
        150,
        seed -> {
          try (NodeCase one = new NodeCase(seed)) {
            one.run();
            casesCutWithin += one.cutWithin() > 0 ? 1 : 0;
          }
        });
    assertTrue(
        !Cases.ofEachBuild() || casesCutWithin >= 15, "cases with a session that was cut in the middle: " + casesCutWithin);
  }

  @Test
  void when_largeMessagesAreCutAndNodesKilledInThem_then_allBecomeTheUnion() {
    Cases.run(
        "nodes with large messages",
        8,
        seed -> {
          try (LargeCase one = new LargeCase(seed)) {
            one.run();
            sessions += one.cutWithin();
            killed += one.killed();
          }
        });
    boolean enough = sessions >= 2 && killed >= 16;
    assertTrue(!Cases.ofEachBuild() || enough, "sessions cut within a message: " + sessions + ", nodes killed: " + killed);
  }
}
