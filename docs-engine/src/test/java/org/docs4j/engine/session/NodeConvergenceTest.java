package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.docs4j.engine.convergence.Cases;
import org.junit.jupiter.api.Test;

/** Whole nodes that sync over a simulated network become equal whatever happened before. */
class NodeConvergenceTest {
  @Test
  void when_nodesWriteAndSyncAtWill_then_allBecomeTheUnion() {
    long[] sessions = new long[2];
    Cases.run(
        "nodes",
        60,
        seed -> {
          try (NodeCase one = new NodeCase(seed)) {
            one.run();
            sessions[0] += one.cutOff();
            sessions[1] += one.completed();
          }
        });
    assertTrue(sessions[0] > 0 || sessions[1] < 50, "no session was cut off");
  }
}
