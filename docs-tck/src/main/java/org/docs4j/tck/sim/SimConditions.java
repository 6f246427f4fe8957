package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** {@link Conditions} in virtual time, with a patience of five minutes unless told otherwise. */
record SimConditions(SimEnvironment sim, Duration patience) implements Conditions {
  SimConditions(SimEnvironment sim) {
    this(sim, Duration.ofMinutes(5));
  }

  @Override
  public Conditions withPatience(Duration other) {
    return new SimConditions(sim, other);
  }

  @Override
  public boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    return sim.holdsWithin(limit, condition);
  }

  @Override
  public void until(String what, BooleanSupplier condition) {
    if (!holdsWithin(patience, condition)) {
      throw new AssertionError(what + " did not happen within " + patience + " of virtual time" + sim.trace());
    }
  }
}
