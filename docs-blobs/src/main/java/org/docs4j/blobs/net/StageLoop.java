package org.docs4j.blobs.net;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.docs4j.api.DocsException;
import org.docs4j.api.TransportException;

/**
 * Runs work in steps, each of which ends with a stage to wait for: at once on the same thread if the stage is complete,
 * else on the executor when it completes. Steps never overlap, never recurse, and never block on the stage.
 */
abstract class StageLoop {
  private final Executor executor;
  private boolean ended;

  StageLoop(Executor executor) {
    this.executor = executor;
  }

  /** Does the next part of the work; empty when there is no more. Called with this object's monitor held. */
  abstract Optional<CompletionStage<?>> step();

  /** Takes what a step threw. Called with this object's monitor held; nothing follows but {@link #cleanUp}. */
  abstract void failed(DocsException cause);

  /** Frees what the work held. Called once, with this object's monitor held. */
  abstract void cleanUp();

  /** Begins; on the calling thread, which may block on files. */
  final void run() {
    Optional<CompletionStage<?>> pending = advance();
    while (pending.isPresent()) {
      Future<?> future = pending.get().toCompletableFuture();
      if (!future.isDone()) {
        pending.get().whenComplete((value, failure) -> executor.execute(this::run));
        return;
      }
      pending = advance();
    }
  }

  private synchronized Optional<CompletionStage<?>> advance() {
    if (ended) {
      return Optional.empty();
    }
    Optional<CompletionStage<?>> pending = Optional.empty();
    try {
      pending = step();
    } catch (DocsException e) {
      failed(e);
    } finally {
      if (pending.isEmpty()) {
        end();
      }
    }
    return pending;
  }

  /** Ends the work between two steps, waiting for a running one; returns whether it had not ended before. */
  final synchronized boolean end() {
    if (ended) {
      return false;
    }
    ended = true;
    cleanUp();
    return true;
  }

  /** The value of a completed stage; what it failed with is thrown. */
  static <T> T value(CompletionStage<T> completed) {
    try {
      return completed.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw docsException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted", e);
    }
  }

  /** What a stage failed with as an exception of ours. */
  static DocsException docsException(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof DocsException known ? known : new TransportException("the transport failed: " + cause, cause);
  }
}
