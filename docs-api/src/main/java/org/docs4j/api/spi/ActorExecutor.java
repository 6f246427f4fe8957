package org.docs4j.api.spi;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where all work of the framework runs: nothing else starts a thread.
 *
 * <p>A simulation implements it on one thread in virtual time. No method blocks; tasks that throw are logged and do not
 * end the executor.
 */
public interface ActorExecutor extends AutoCloseable {
  /** A new serial executor, in the real system with a thread of its own that bears the name. */
  SerialExecutor serial(String name);

  /** For short work that only computes, such as signature checks: in parallel on all cores. */
  Executor compute();

  /** For work that may block, such as files and user callbacks. */
  Executor io();

  /** Hands the task to an executor once the delay has passed. */
  Cancellable schedule(Duration delay, Executor target, Runnable task);

  /** Ends what is idle and drops what is scheduled. Idempotent. */
  @Override
  void close();
}
