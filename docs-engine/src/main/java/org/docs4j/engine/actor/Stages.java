package org.docs4j.engine.actor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the library's stages lack. */
public final class Stages {
  private Stages() {}

  /** Ends one stage as another one ends. */
  public static <R> void pass(CompletionStage<R> from, CompletableFuture<R> to) {
    from.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            to.completeExceptionally(failure);
          } else {
            to.complete(result);
          }
        });
  }
}
