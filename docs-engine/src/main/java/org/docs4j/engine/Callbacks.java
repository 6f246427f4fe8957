package org.docs4j.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.docs4j.api.spi.ActorExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stages that applications are given on threads that may block: on the actor's own thread, what an
 * application does next could stop the node. Safe to use from any thread.
 *
 * <p>To wake a thread costs more than most of what they do, and stages come in groups: while one is on its way, no other
 * is woken. Before it does anything, it wakes the next one if there is more, since what it does may take for ever.
 *
 * <p>Once it is closed, no thread is asked for any more: a stage is completed on the thread that has its end, which is none of
 * an actor by then, but that of who has asked too late.
 */
final class Callbacks implements AutoCloseable {
  /** How many threads at most are busy with what applications do. */
  static final int THREADS = 16;

  private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());

  /** After so long a thread is asked for again where none could be had. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ActorExecutor executor;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore idle = new Semaphore(THREADS);
  private final AtomicBoolean coming = new AtomicBoolean();
  private final Object gate = new Object();
  private volatile boolean closed;

  Callbacks(ActorExecutor executor) {
    this.executor = executor;
  }

  /** A stage with the same end as the given one, which comes a little later and on another thread. */
  <T> CompletableFuture<T> away(CompletionStage<T> stage) {
    CompletableFuture<T> given = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          if (closed) {
            finish(given, result, failure);
          } else {
            waiting.add(() -> finish(given, result, failure));
            wake();
          }
        });
    return given;
  }

  private static <T> void finish(CompletableFuture<T> given, T result, Throwable failure) {
    if (failure == null) {
      given.complete(result);
    } else {
      given.completeExceptionally(
          failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
    }
  }

  private void wake() {
    while (!waiting.isEmpty() && coming.compareAndSet(false, true)) {
      if (idle.tryAcquire()) {
        start();
        return;
      }
      coming.set(false);
      if (idle.availablePermits() == 0) {
        return; // Whoever is busy looks once more when it is done.
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // an OutOfMemoryError, say, as there are too many threads: what waits must not be lost
  private void start() {
    boolean asked;
    try {
      asked = askForThread();
    } catch (RuntimeException | Error e) {
      idle.release();
      coming.set(false);
      LOG.log(System.Logger.Level.WARNING, "no thread can be had for what applications wait for; asked for again soon", e);
      executor.schedule(AGAIN, Runnable::run, this::wake);
      return;
    }
    if (!asked) {
      arrive();
    }
  }

  /** Asks for a thread, which comes for certain then; returns whether it could still be asked for. */
  private boolean askForThread() {
    synchronized (gate) {
      if (!closed) {
        executor.io().execute(this::arrive);
      }
      return !closed;
    }
  }

  /**
   * Asks for no thread from now on, as an environment that is closed drops what it is given; to be called between the end of
   * the actors and that. What waits for a thread that could not be had is completed here. Idempotent.
   */
  @Override
  public void close() {
    synchronized (gate) {
      closed = true;
    }
    wake();
  }

  private void arrive() {
    Runnable first = waiting.poll();
    coming.set(false);
    work(first);
    // What came between the last look and the release may have found nobody idle.
    while (!waiting.isEmpty() && idle.tryAcquire()) {
      work(waiting.poll());
    }
  }

  private void work(@Nullable Runnable first) {
    try {
      for (Runnable next = first; next != null; next = waiting.poll()) {
        try {
          wake();
        } finally {
          next.run();
        }
      }
    } finally {
      idle.release();
    }
  }
}
