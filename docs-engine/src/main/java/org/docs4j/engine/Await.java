package org.docs4j.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.engine.session.Failures;

/** Waits for results on a caller's thread. */
final class Await {
  private Await() {}

  /** The result, or what the stage failed with as the exception that the API promises. */
  static <T> T result(CompletableFuture<T> stage) {
    try {
      return stage.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while waiting for the node", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException illegal) {
        throw illegal;
      }
      DocsException failure = Failures.of(e);
      failure.addSuppressed(new CallSite());
      throw failure;
    }
  }

  /** Where the call was made, since the failure itself has the stack of the actor's thread. */
  private static final class CallSite extends Exception {
    private static final long serialVersionUID = 1L;

    CallSite() {
      super("called here");
    }
  }
}
