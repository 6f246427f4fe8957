package org.docs4j.engine.actor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.docs4j.api.DocsException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one after the other on a thread of its own, and keeps many of them in one write transaction.
 *
 * <p>A group of actions is committed after {@link #GROUP_TIME} at the latest, or at once when an action has to be durable:
 * that one is answered after the commit. All other answers are given as soon as the action ran, with events before
 * answers.
 */
final class SyncActor {
  private static final System.Logger LOG = System.getLogger(SyncActor.class.getName());

  /** How long an acknowledged action may be lost to a kill of the process. */
  static final Duration GROUP_TIME = Duration.ofMillis(500);

  private final Environment environment;
  private final SerialExecutor thread;
  private final ReplicaStore store;
  private final ActorContext context;
  private @Nullable Cancellable timer;
  private boolean closed;

  SyncActor(
      ReplicaStore store, Environment environment, ReconcilerConfig reconciler, Consumer<ReplicaEvent> events) {
    this.environment = environment;
    this.store = store;
    this.thread = environment.executor().serial("docs-sync");
    this.context = new ActorContext(store, environment, reconciler, events);
  }

  <R> CompletableFuture<R> submit(Action<R> action) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    thread.execute(() -> run(action, answer));
    return answer;
  }

  private <R> void run(Action<R> action, CompletableFuture<R> answer) {
    if (closed) {
      answer.completeExceptionally(new ReplicaClosedException("the node is closed"));
      return;
    }
    try {
      R result = action.run(context);
      if (action.durable()) {
        commit(Durability.SYNC);
      } else {
        commitLater();
      }
      answer.complete(result);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "the store failed; changes since the last commit are undone", e);
      undo();
      answer.completeExceptionally(e);
    } catch (DocsException | IllegalArgumentException e) {
      // Thrown by checks, before anything was written.
      commitLater();
      answer.completeExceptionally(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "an action failed; changes since the last commit are undone", e);
      undo();
      answer.completeExceptionally(new DocsException("the node failed at " + action.getClass().getSimpleName(), e));
    }
  }

  private void commitLater() {
    if (context.isOpen() && timer == null) {
      timer = environment.executor().schedule(GROUP_TIME, thread, this::commitGroup);
    }
  }

  private void commitGroup() {
    timer = null;
    if (closed) {
      return;
    }
    try {
      context.commit(Durability.LAZY);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "a commit failed; changes since the last one are undone", e);
    }
  }

  private void commit(Durability durability) {
    cancelTimer();
    context.commit(durability);
  }

  private void undo() {
    cancelTimer();
    try {
      context.rollback();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "the rollback failed as well", e);
    }
  }

  private void cancelTimer() {
    Cancellable pending = timer;
    timer = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  /** Runs everything that was submitted before, commits durably and closes the store. Idempotent, waits. */
  void close() {
    thread.execute(this::shutDown);
    thread.close();
  }

  private void shutDown() {
    if (closed) {
      return;
    }
    closed = true;
    cancelTimer();
    try {
      context.commit(Durability.SYNC);
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.ERROR, "the last commit failed; changes since the one before are lost", e);
    } finally {
      store.close();
    }
  }
}
