package org.docs4j.api.spi;

import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order in which they were given, each seeing what the earlier ones did.
 *
 * <p>{@link #execute} never blocks and never runs the task at once in the caller's stack; after {@link #close} it drops
 * tasks silently, because by then nobody waits for them: owners answer what is pending before they close.
 */
public interface SerialExecutor extends Executor, AutoCloseable {
  /**
   * Ends after the tasks given so far; waits for them unless called from one of them. An interrupt does not end the
   * waiting and is kept for the caller. Idempotent.
   */
  @Override
  void close();
}
