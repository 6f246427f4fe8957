package org.docs4j.api.spi;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.Timestamp;

/** The {@link ActorExecutor} of the running machine; all its threads are daemons. */
final class SystemExecutor implements ActorExecutor {
  private static final long IDLE_SECONDS = 30;

  // Whatever comes after close is dropped: nobody waits for it by then.
  private static final RejectedExecutionHandler DROP = new ThreadPoolExecutor.DiscardPolicy();

  private final ThreadPoolExecutor compute;
  private final ThreadPoolExecutor io;
  private final ScheduledThreadPoolExecutor timer;

  SystemExecutor() {
    int cores = Runtime.getRuntime().availableProcessors();
    compute =
        new ThreadPoolExecutor(
            cores, cores, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named("docs-compute"), DROP);
    compute.allowCoreThreadTimeOut(true);
    io =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("docs-io"), DROP);
    timer = new ScheduledThreadPoolExecutor(1, named("docs-timer"), DROP);
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  static Environment environment() {
    return new Environment(
        new SystemExecutor(), System::nanoTime, () -> Timestamp.of(Instant.now()), new SecureRandom());
  }

  @Override
  public SerialExecutor serial(String name) {
    return new SystemSerial(name);
  }

  @Override
  public Executor compute() {
    return task -> compute.execute(SystemSerial.logged(task));
  }

  @Override
  public Executor io() {
    return task -> io.execute(SystemSerial.logged(task));
  }

  @Override
  public Cancellable schedule(Duration delay, Executor target, Runnable task) {
    Runnable handOver = SystemSerial.logged(() -> target.execute(task));
    Future<?> future = timer.schedule(handOver, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    compute.shutdown();
    io.shutdown();
  }

  static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
