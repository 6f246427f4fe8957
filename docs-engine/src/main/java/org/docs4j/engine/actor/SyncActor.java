package org.docs4j.engine.actor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.docs4j.api.DocsException;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.ReplicaStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one after the other on a thread of its own, and keeps many of them in one write transaction.
 *
 * <p>A group of actions is committed in time, see {@link GroupCommit}, or at once when an action has to be durable: that one
 * is answered after the commit. All other answers are given as soon as the action ran, those of inserts after at most
 * {@link Answers#TOGETHER} of them that wait already, in the order of the actions. Events come before answers, but for an
 * entry whose writer still signs it while it is stored, which is told of once it is signed. When a group cannot be
 * committed, the next action of the application on each replica that it had changed fails with the reason, so that the
 * loss does not go unnoticed, and so does the next one of a session; what the node asks by itself goes on.
 *
 * <p>Long work (removing a replica, or very many entries by the prefix rule, or looking for them in vain; taking a long
 * message and looking up what of it is held; reading very many heads or wanted hashes; looking for a page far behind hidden
 * entries, or for the newest of very many entries at one key) runs in slices of {@link Slice#TIME}, between which other
 * documents have their turn, and groups are committed as ever. The document itself is busy until the work is done: what is
 * asked about it waits, so that it is seen as it was before the work or as it is after it, never in between; only pages are
 * looked for beside other actions, but not between two authors at a key. What is committed of unfinished work is marked as
 * such in the same commit, and the rest is done before anything else on that document, also after a crash, where it goes on
 * by itself once the store is opened.
 */
final class SyncActor {
  private static final System.Logger LOG = System.getLogger(SyncActor.class.getName());

  private final Environment environment;
  private final SerialExecutor thread;
  private final ReplicaStore store;
  private final ActorContext context;
  private final Object gate = new Object();
  private final Deque<Running<?>> waiting = new ArrayDeque<>();
  private final Lanes lanes = new Lanes();
  private final int sliceSteps;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Answers answers = new Answers();
  private final GroupCommit group;
  private boolean scheduled;
  private boolean closing;

  SyncActor(
      ReplicaStore store,
      Environment environment,
      ReconcilerConfig reconciler,
      Secrets secrets,
      Consumer<ReplicaEvent> events,
      int sliceSteps) {
    this.sliceSteps = sliceSteps;
    this.environment = environment;
    this.store = store;
    this.thread = environment.executor().serial("docs-sync");
    this.context = new ActorContext(store, environment, reconciler, secrets, events);
    this.group = new GroupCommit(context, answers, environment, thread);
    synchronized (gate) {
      context.unfinished().forEach(namespace -> waiting.add(new Running<>(new HandleAction.Finish(namespace), Asker.NODE)));
      if (!waiting.isEmpty()) {
        schedule();
      }
    }
  }

  /** Hands an action of the application over; after {@link #shutDown} it fails at once. */
  <R> CompletableFuture<R> submit(Action<R> action) {
    return submit(action, Asker.APPLICATION);
  }

  /** The same for anybody. */
  <R> CompletableFuture<R> submit(Action<R> action, Asker asker) {
    Running<R> running = new Running<>(action, asker);
    synchronized (gate) {
      if (closing) {
        running.answer().completeExceptionally(new ReplicaClosedException("the node is closed"));
      } else {
        waiting.add(running);
        schedule();
      }
    }
    return running.answer();
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      thread.execute(this::turn);
    }
  }

  /**
   * One turn: actions that wait, for as long as a slice, then a slice of the work on one busy document. So neither keeps
   * the other waiting for more than that, and whatever else the thread has to do comes in between.
   */
  private void turn() {
    try {
      work(slice());
    } finally {
      synchronized (gate) {
        scheduled = false;
        if (isAwaited()) {
          schedule();
        }
      }
    }
  }

  private void work(Slice turn) {
    Running<?> next = poll();
    while (next != null) {
      run(next, slice());
      if (answers.isFull()) {
        answers.giveAll();
      }
      next = turn.getAsBoolean() ? null : poll();
    }
    if (!lanes.isEmpty()) {
      runLane(slice());
    }
    answers.giveAll();
    if (context.isIncomplete() && !isAwaited() && context.helpToSign()) {
      advance(new Running<>(new StoreAction.TakeSignatures(), Asker.NODE), slice());
    }
  }

  private boolean isAwaited() {
    synchronized (gate) {
      return !waiting.isEmpty() || !lanes.isEmpty();
    }
  }

  private Slice slice() {
    return new Slice(environment.ticker(), sliceSteps);
  }

  private @Nullable Running<?> poll() {
    synchronized (gate) {
      return waiting.poll();
    }
  }

  /** Runs an action that is not under way yet, or waits beside others. */
  private void run(Running<?> running, Slice slice) {
    if (lanes.join(running) || advance(running, slice)) {
      return;
    }
    if (running.isExclusive()) {
      lanes.open(running);
    } else {
      goOnBeside(running);
    }
  }

  private void goOnBeside(Running<?> running) {
    synchronized (gate) {
      waiting.add(running);
    }
  }

  private void runLane(Slice slice) {
    Deque<Running<?>> lane = lanes.next();
    NamespaceId namespace = lane.element().document().orElseThrow();
    boolean paused;
    do {
      paused = !advance(lane.element(), slice);
      if (!paused) {
        lane.remove();
      }
    } while (!paused && !slice.getAsBoolean() && !lane.isEmpty());
    if (paused && !lane.element().isExclusive()) {
      goOnBeside(lane.remove());
    }
    if (!lane.isEmpty()) {
      lanes.giveBack(namespace, lane);
    }
  }

  /** Goes on with an action; returns whether it is done, or has failed. */
  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, nothing half done may be committed, and the caller is told
  private boolean advance(Running<?> running, Slice slice) {
    Action<?> action = running.action();
    boolean brief = action instanceof EntryAction.InsertLocal;
    if (!brief) {
      answers.giveAll();
    }
    context.beginAction();
    try {
      if (!brief) {
        context.complete();
      }
      boolean done = running.advance(context, slice);
      context.endAction(action);
      group.commitInTime(done && action.durable());
      if (!done) {
        return false;
      }
      answers.done(running);
    } catch (Exception | Error e) {
      boolean undone = context.hasWritten();
      if (undone) {
        context.endAction(action);
        group.undo(e);
      }
      boolean expected = e instanceof DocsException || e instanceof IllegalArgumentException;
      Throwable told =
          expected ? e : new DocsException("the node failed at " + action.getClass().getSimpleName(), e);
      answers.failed(running, told);
      if (undone) {
        LOG.log(System.Logger.Level.ERROR, "an action failed; changes since the last commit are undone", e);
      }
    }
    if (!brief) {
      answers.giveAll();
    }
    return true;
  }

  /** Runs everything that was submitted before to its end, and tells of it; completes then. */
  CompletableFuture<Boolean> settle() {
    CompletableFuture<Boolean> settled = new CompletableFuture<>();
    synchronized (gate) {
      if (closing) {
        return ended.exceptionally(failure -> false);
      }
      int before = waiting.size();
      thread.execute(
          () -> {
            try {
              finish(before);
            } finally {
              settled.complete(true);
            }
          });
    }
    return settled;
  }

  /** Runs so many actions that wait, and whatever is under way, to the end, and tells of all that was stored. */
  private void finish(int actions) {
    Slice slice = Slice.endless(environment.ticker());
    for (int i = 0; i < actions; i++) {
      Running<?> next = poll();
      if (next == null) {
        break;
      }
      run(next, slice);
    }
    while (!lanes.isEmpty()) {
      runLane(slice);
    }
    advance(new Running<>(new StoreAction.TakeSignatures(), Asker.NODE), slice);
  }

  /**
   * Runs everything that was submitted before to its end, commits durably and closes the store. Further calls give the
   * same stage, which fails if the last commit does.
   */
  CompletableFuture<Boolean> shutDown() {
    synchronized (gate) {
      if (!closing) {
        closing = true;
        thread.execute(this::end);
      }
    }
    return ended;
  }

  /** Shuts down and waits for it. Idempotent. */
  void close() {
    shutDown().exceptionally(failure -> false);
    thread.close();
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the store is closed
  private void end() {
    Running<Boolean> last = new Running<>(new StoreAction.Shutdown(), Asker.NODE);
    try {
      try {
        finish(Integer.MAX_VALUE);
      } finally {
        advance(last, Slice.endless(environment.ticker()));
      }
    } catch (Exception | Error e) {
      last.answer().completeExceptionally(e);
    }
    closeStore(last.answer());
  }

  @SuppressWarnings("CatchingUnchecked") // whoever waits for the end is told, whatever goes wrong
  private void closeStore(CompletableFuture<Boolean> lastCommit) {
    try {
      store.close();
      ended.complete(lastCommit.join());
    } catch (CompletionException e) {
      fail(e.getCause());
    } catch (Exception | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    LOG.log(System.Logger.Level.ERROR, "the end of the node failed; its last changes may be lost", cause);
    ended.completeExceptionally(cause);
  }
}
