package org.docs4j.engine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Completes the stages that applications are given on threads that may block: on the actor's own thread, what an
 * application does next could stop the node. Safe to use from any thread.
 */
final class Callbacks {
  /** How many threads at most are busy with what applications do. */
  static final int THREADS = 16;

  private final Executor io;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Semaphore idle = new Semaphore(THREADS);

  Callbacks(Executor io) {
    this.io = io;
  }

  /** A stage with the same end as the given one, which comes a little later and on another thread. */
  <T> CompletableFuture<T> away(CompletionStage<T> stage) {
    CompletableFuture<T> given = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          waiting.add(() -> finish(given, result, failure));
          if (idle.tryAcquire()) {
            io.execute(this::work);
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

  private void work() {
    do {
      try {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
          next.run();
        }
      } finally {
        idle.release();
      }
      // What came between the last look and the release found nobody idle.
    } while (!waiting.isEmpty() && idle.tryAcquire());
  }
}
