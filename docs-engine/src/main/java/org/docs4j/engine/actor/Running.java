package org.docs4j.engine.actor;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.NamespaceId;
import org.jspecify.annotations.Nullable;

/**
 * An action that was handed over, on its way to its answer.
 *
 * @param <R> what it answers
 */
final class Running<R> {
  private final Action<R> action;
  private final Asker asker;
  private final CompletableFuture<R> answer = new CompletableFuture<>();
  private @Nullable Work<R> work;

  Running(Action<R> action, Asker asker) {
    this.action = action;
    this.asker = asker;
  }

  Action<R> action() {
    return action;
  }

  CompletableFuture<R> answer() {
    return answer;
  }

  Optional<NamespaceId> document() {
    return action.document();
  }

  /** Goes on with it; returns whether it is done. What is unfinished on its document goes first. */
  boolean advance(ActorContext context, Slice slice) {
    Work<R> begun = work;
    if (begun == null) {
      if (!context.unfinished().isEmpty()
          && action.document().isPresent()
          && !context.finish(action.document().get(), slice)) {
        return false;
      }
      context.throwLoss(action, asker);
      begun = action.begin(context);
      work = begun;
    } else {
      context.throwLoss(action, asker);
    }
    return begun.advance(slice);
  }

  /** Whether nothing else may touch its document before it goes on. */
  boolean isExclusive() {
    return work == null || work.exclusive();
  }

  /** Gives the answer, once it is done. */
  void succeed() {
    answer.complete(Objects.requireNonNull(work).result());
  }
}
