package org.docs4j.api.spi;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private final ExecutorService compute =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), named("docs-compute"));
  private final ThreadPoolExecutor io =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("docs-io"));
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("docs-timer"));

  private SystemExecutor() {
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
    return task -> submit(compute, task);
  }

  @Override
  public Executor io() {
    return task -> submit(io, task);
  }

  @Override
  public Cancellable schedule(Duration delay, Executor target, Runnable task) {
    if (timer.isShutdown()) {
      return () -> {};
    }
    Future<?> future = timer.schedule(() -> target.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    compute.shutdown();
    io.shutdown();
  }

  private static void submit(ExecutorService service, Runnable task) {
    if (!service.isShutdown()) {
      service.execute(SystemSerial.logged(task));
    }
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
