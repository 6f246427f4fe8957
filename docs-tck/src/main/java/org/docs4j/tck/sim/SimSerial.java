package org.docs4j.tck.sim;

import java.util.ArrayDeque;
import org.docs4j.api.spi.SerialExecutor;

/**
 * A {@link SerialExecutor} in virtual time.
 *
 * <p>{@link #close} cannot wait, since nothing else runs meanwhile: it runs what was given so far then and there, unless
 * it is called from one of those tasks, which then come to an end in their own time.
 */
final class SimSerial implements SerialExecutor {
  private final SimExecutor executor;
  private final String name;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private long lastDue;
  private boolean closed;
  private boolean running;

  SimSerial(SimExecutor executor, String name) {
    this.executor = executor;
    this.name = name;
  }

  @Override
  public void execute(Runnable task) {
    if (closed || executor.isCrashed()) {
      return;
    }
    tasks.add(task);
    lastDue = Math.max(lastDue, executor.nextHop());
    executor.at(lastDue, this::step);
  }

  private void step() {
    if (executor.isCrashed()) {
      tasks.clear();
    }
    if (!tasks.isEmpty()) {
      running = true;
      executor.run(name, tasks.remove());
      running = false;
    }
  }

  @Override
  public void close() {
    closed = true;
    if (!running) {
      while (!tasks.isEmpty()) {
        step();
      }
    }
  }
}
