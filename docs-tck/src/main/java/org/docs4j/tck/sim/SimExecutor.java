package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.docs4j.api.spi.ActorExecutor;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.SerialExecutor;

/**
 * The {@link ActorExecutor} of one simulated node, for one life of it.
 *
 * <p>Each hand-over takes from 1 ns to {@link #HOP_NANOS} of virtual time, drawn by seed: executors that are independent
 * of each other interleave differently for each seed, and a task that gives itself to an executor again and again cannot
 * hold time up.
 */
final class SimExecutor implements ActorExecutor {
  /** Wild guess at what handing a task to another thread takes at most. */
  static final long HOP_NANOS = 10_000;

  private final SimEnvironment sim;
  private final String node;
  private boolean closed;
  private boolean crashed;

  SimExecutor(SimEnvironment sim, String node) {
    this.sim = sim;
    this.node = node;
  }

  @Override
  public SerialExecutor serial(String name) {
    return new SimSerial(this, name);
  }

  @Override
  public Executor compute() {
    return task -> soon("compute", task);
  }

  @Override
  public Executor io() {
    return task -> soon("io", task);
  }

  private void soon(String where, Runnable task) {
    if (!closed) {
      at(nextHop(), () -> run(where, task));
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Executor target, Runnable task) {
    if (closed) {
      return () -> {};
    }
    long due = sim.clock().nanos() + Math.max(0, delay.toNanos());
    return at(
        due,
        () -> {
          if (!closed) {
            target.execute(task);
          }
        });
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends as a process that is killed does: nothing that was given to any of its executors happens any more. */
  void crash() {
    closed = true;
    crashed = true;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isCrashed() {
    return crashed;
  }

  long nextHop() {
    return sim.nextHop();
  }

  Cancellable at(long due, Runnable task) {
    return sim.at(due, task);
  }

  @SuppressWarnings("CatchingUnchecked")
  void run(String where, Runnable task) {
    if (crashed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      sim.failed(node + "/" + where, e);
    }
  }
}
