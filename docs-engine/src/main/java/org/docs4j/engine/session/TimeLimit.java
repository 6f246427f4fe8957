package org.docs4j.engine.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.Environment;

/** Puts a limit on a wait. */
public final class TimeLimit {
  private TimeLimit() {}

  /** The same result, or {@link DocsTimeoutException} if it takes longer. */
  public static <T> CompletableFuture<T> of(CompletionStage<T> stage, Duration limit, Environment environment) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Cancellable timer =
        environment
            .executor()
            .schedule(
                limit,
                environment.executor().compute(),
                () ->
                    result.completeExceptionally(
                        new DocsTimeoutException("the peer made no progress for " + limit.toSeconds() + " s")));
    stage.whenComplete(
        (value, failure) -> {
          timer.cancel();
          if (failure != null) {
            result.completeExceptionally(failure);
          } else {
            result.complete(value);
          }
        });
    return result;
  }
}
