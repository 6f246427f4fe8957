package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** {@link Conditions} on the threads and the clock of this machine: the one place where tests wait by looking again. */
record RealConditions(Duration patience) implements Conditions {
  private static final long LOOK_AGAIN_NANOS = 500_000;

  @Override
  public Conditions withPatience(Duration other) {
    return new RealConditions(other);
  }

  @Override
  public boolean holdsWithin(Duration limit, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        return false;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }
}
