package org.docs4j.api.spi;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A {@link SerialExecutor} with one daemon thread of its own. */
final class SystemSerial implements SerialExecutor {
  private static final System.Logger LOG = System.getLogger(SystemSerial.class.getName());
  private static final long CLOSE_SECONDS = 60;

  private final ThreadPoolExecutor worker;
  private volatile Thread thread = Thread.currentThread();

  SystemSerial(String name) {
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread created = new Thread(task, name);
              created.setDaemon(true);
              thread = created;
              return created;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    worker.prestartCoreThread();
  }

  @Override
  public void execute(Runnable task) {
    worker.execute(logged(task));
  }

  @Override
  public void close() {
    worker.shutdown();
    if (Thread.currentThread() == thread) {
      return;
    }
    if (!awaitEnd()) {
      LOG.log(System.Logger.Level.WARNING, "{0} did not end within {1} s", thread.getName(), CLOSE_SECONDS);
    }
  }

  /** Waits on even when interrupted: owners free what the tasks use once this returns. Keeps the interrupt for later. */
  private boolean awaitEnd() {
    long begin = System.nanoTime();
    long limit = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return worker.awaitTermination(limit - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The task with whatever it throws logged instead of ending its thread. */
  @SuppressWarnings("CatchingUnchecked")
  static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "a task failed in " + Thread.currentThread().getName(), e);
      }
    };
  }
}
