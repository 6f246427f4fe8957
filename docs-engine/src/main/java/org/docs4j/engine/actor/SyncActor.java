package org.docs4j.engine.actor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.docs4j.api.DocsException;
import org.docs4j.api.ReplicaClosedException;
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
 * <p>A group of actions is committed after {@link #GROUP_TIME} or {@link #GROUP_ACTIONS} actions, or at once when an
 * action has to be durable: that one is answered after the commit. All other answers are given as soon as the action ran,
 * those of inserts after at most {@link #ANSWERS} of them that wait already, with events before answers and in the order of
 * the actions. When a group cannot be committed, the next action on each replica that it had changed fails
 * with the reason, so that the loss does not go unnoticed.
 */
final class SyncActor {
  private static final System.Logger LOG = System.getLogger(SyncActor.class.getName());

  /** How long an acknowledged action may be lost to a kill of the process. */
  static final Duration GROUP_TIME = Duration.ofMillis(500);

  /** How many answers of short actions are given together while more of them wait: one wake-up serves them all. */
  static final int ANSWERS = 16;

  /** How many actions share a group at most. */
  static final int GROUP_ACTIONS = 10_000;

  private final Environment environment;
  private final SerialExecutor thread;
  private final ReplicaStore store;
  private final ActorContext context;
  private final Object gate = new Object();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final List<Runnable> answers = new ArrayList<>();
  private boolean scheduled;
  private boolean closing;
  private @Nullable Cancellable timer;
  private int grouped;
  private long groupBegun;

  SyncActor(
      ReplicaStore store,
      Environment environment,
      ReconcilerConfig reconciler,
      Secrets secrets,
      Consumer<ReplicaEvent> events) {
    this.environment = environment;
    this.store = store;
    this.thread = environment.executor().serial("docs-sync");
    this.context = new ActorContext(store, environment, reconciler, secrets, events);
  }

  /** Hands an action over; after {@link #close} it fails at once. */
  <R> CompletableFuture<R> submit(Action<R> action) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    synchronized (gate) {
      if (closing) {
        answer.completeExceptionally(new ReplicaClosedException("the node is closed"));
      } else {
        waiting.add(() -> run(action, answer));
        if (!scheduled) {
          scheduled = true;
          thread.execute(this::runWaiting);
        }
      }
    }
    return answer;
  }

  /** Runs some of the actions that wait, and gives way to whatever else the thread has to do. */
  private void runWaiting() {
    boolean more = true;
    for (int i = 0; i < ANSWERS && more; i++) {
      more = runNext();
    }
    answerAll();
    if (more) {
      thread.execute(this::runWaiting);
    }
  }

  private boolean runNext() {
    Runnable next;
    synchronized (gate) {
      next = waiting.poll();
      scheduled = next != null;
    }
    if (next != null) {
      next.run();
    }
    return next != null;
  }

  private void answerAll() {
    answers.forEach(Runnable::run);
    answers.clear();
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, nothing half done may be committed, and the caller is told
  private <R> void run(Action<R> action, CompletableFuture<R> answer) {
    boolean brief = action instanceof ReplicaAction.InsertLocal;
    if (!brief) {
      answerAll();
    }
    context.beginAction();
    try {
      context.throwLoss(action);
      R result = action.run(context);
      context.endAction(action);
      commitInTime(action.durable());
      answers.add(() -> answer.complete(result));
    } catch (Exception | Error e) {
      if (context.hasWritten()) {
        LOG.log(System.Logger.Level.ERROR, "an action failed; changes since the last commit are undone", e);
        context.endAction(action);
        undo(e);
      }
      boolean expected = e instanceof DocsException || e instanceof IllegalArgumentException;
      Throwable told =
          expected ? e : new DocsException("the node failed at " + action.getClass().getSimpleName(), e);
      answers.add(() -> answer.completeExceptionally(told));
    }
    if (!brief) {
      answerAll();
    }
  }

  /** Commits now if the action has to be durable or the group is full or old; else sees to it that it is done in time. */
  private void commitInTime(boolean durable) {
    if (durable) {
      commit(Durability.SYNC);
    } else if (context.isOpen()) {
      if (grouped++ == 0) {
        groupBegun = environment.ticker().nanos();
        timer = environment.executor().schedule(GROUP_TIME, thread, this::commitGroup);
      } else if (grouped >= GROUP_ACTIONS || environment.ticker().since(groupBegun).compareTo(GROUP_TIME) >= 0) {
        commit(Durability.LAZY);
      }
    }
  }

  private void commitGroup() {
    if (grouped > 0 && context.isOpen()) {
      try {
        commit(Durability.LAZY);
      } catch (DocsException e) {
        LOG.log(System.Logger.Level.ERROR, "a commit failed; changes since the last one are undone", e);
      }
    }
  }

  private void commit(Durability durability) {
    endGroup();
    try {
      context.commit(durability);
    } catch (DocsException e) {
      context.noteLoss(e);
      throw e;
    }
  }

  private void undo(Throwable cause) {
    endGroup();
    try {
      context.rollback();
    } catch (DocsException e) {
      LOG.log(System.Logger.Level.ERROR, "the rollback failed as well", e);
    }
    context.noteLoss(cause);
  }

  private void endGroup() {
    grouped = 0;
    Cancellable pending = timer;
    timer = null;
    if (pending != null) {
      pending.cancel();
    }
  }

  /** Runs everything that was submitted before, commits durably and closes the store. Idempotent, waits. */
  void close() {
    synchronized (gate) {
      if (!closing) {
        closing = true;
        thread.execute(this::shutDown);
      }
    }
    thread.close();
  }

  private void shutDown() {
    while (runNext()) {
      answerAll();
    }
    try {
      commit(Durability.SYNC);
    } catch (DocsException e) {
      LOG.log(System.Logger.Level.ERROR, "the last commit failed; changes since the one before are lost", e);
    } finally {
      store.close();
    }
  }
}
