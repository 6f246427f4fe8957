package org.docs4j.engine.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.DocsException;

/** What actions are to be told and were not yet: several are told together, so that one wake-up serves them all. For one thread. */
final class Answers {
  /** How many answers of short actions are given together while more of them wait. */
  static final int TOGETHER = 16;

  private final List<Answer> waiting = new ArrayList<>();

  /** What an action is to be told: that it is done, or why it failed. */
  private record Answer(Running<?> to, Optional<Throwable> failure) {
    @SuppressWarnings("CatchingUnchecked") // whatever goes wrong, whoever waits is told, and so are the others
    void give() {
      try {
        failure.ifPresentOrElse(cause -> to.answer().completeExceptionally(cause), to::succeed);
      } catch (RuntimeException | Error e) {
        to.answer().completeExceptionally(new DocsException("the node failed at its answer", e));
      }
    }

    /** The answer when what was done is undone. */
    Answer lost(Throwable cause) {
      return failure.isPresent() ? this : new Answer(to, Optional.of(Losses.failure("it was undone", cause)));
    }
  }

  /** An action is done. */
  void done(Running<?> action) {
    waiting.add(new Answer(action, Optional.empty()));
  }

  /** An action has failed. */
  void failed(Running<?> action, Throwable cause) {
    waiting.add(new Answer(action, Optional.of(cause)));
  }

  /** Whether so many wait that they are to be given. */
  boolean isFull() {
    return waiting.size() >= TOGETHER;
  }

  void giveAll() {
    waiting.forEach(Answer::give);
    waiting.clear();
  }

  /** What the actions have done was undone: those that wait are told that instead. */
  void lose(Throwable cause) {
    waiting.replaceAll(answer -> answer.lost(cause));
  }
}
