package org.docs4j.engine.actor;

import java.time.Duration;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.store.Durability;
import org.jspecify.annotations.Nullable;

/**
 * When the write transaction that many actions share is committed: after {@link #TIME} or {@link #ACTIONS}, or at once if
 * an action has to be durable; and who is told if it is undone instead. Only the actor's thread touches it.
 */
final class GroupCommit {
  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

  /** How long an acknowledged action may be lost to a kill of the process. */
  static final Duration TIME = Duration.ofMillis(500);

  /** How many actions share a group at most. */
  static final int ACTIONS = 10_000;

  private final ActorContext context;
  private final Answers answers;
  private final Environment environment;
  private final SerialExecutor thread;
  private @Nullable Cancellable timer;
  private int grouped;
  private long begun;

  /**
   * No group yet.
   *
   * @param answers of the actions of the group that were not told yet
   * @param thread the actor's
   */
  GroupCommit(ActorContext context, Answers answers, Environment environment, SerialExecutor thread) {
    this.context = context;
    this.answers = answers;
    this.environment = environment;
    this.thread = thread;
  }

  /** Commits now if the last action has to be durable or the group is full or old; else sees to it that it is done in time. */
  void commitInTime(boolean durable) {
    if (durable) {
      commit(Durability.SYNC);
    } else if (context.isOpen()) {
      if (grouped++ == 0) {
        begun = environment.ticker().nanos();
        timer = environment.executor().schedule(TIME, thread, this::commitLate);
      } else if (grouped >= ACTIONS || environment.ticker().since(begun).compareTo(TIME) >= 0) {
        commit(Durability.LAZY);
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, it was noted as a loss
  private void commitLate() {
    if (grouped > 0 && context.isOpen()) {
      try {
        commit(Durability.LAZY);
      } catch (Exception | Error e) {
        LOG.log(System.Logger.Level.ERROR, "a commit failed; changes since the last one are undone", e);
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, those whose changes are lost are told
  private void commit(Durability durability) {
    end();
    try {
      context.commit(durability);
    } catch (Exception | Error e) {
      lose(e);
      throw e;
    }
    answers.giveAll();
  }

  /** Undoes the group, since an action has failed in the middle of its changes. Never fails. */
  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, the changes are lost
  void undo(Throwable cause) {
    end();
    try {
      context.rollback();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the rollback failed as well", e);
    }
    lose(cause);
  }

  private void lose(Throwable cause) {
    answers.lose(cause);
    context.noteLoss(cause);
  }

  private void end() {
    grouped = 0;
    Cancellable pending = timer;
    timer = null;
    if (pending != null) {
      pending.cancel();
    }
  }
}
