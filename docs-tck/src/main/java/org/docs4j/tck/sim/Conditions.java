package org.docs4j.tck.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * How a test waits: until something holds, and never longer than its patience. The same test runs on real threads with
 * {@link #realTime()} and in virtual time with {@link SimEnvironment#conditions()}.
 */
public interface Conditions {
  /** Waits in real time with a patience of 20 s, which only a test that fails uses up. */
  static Conditions realTime() {
    return realTime(Duration.ofSeconds(20));
  }

  /** Waits in real time. */
  static Conditions realTime(Duration patience) {
    return new RealConditions(patience);
  }

  /** How long {@link #until} and {@link #result} wait. */
  Duration patience();

  /** The same waiting with another patience. */
  Conditions withPatience(Duration patience);

  /** Whether a condition comes to hold within a time; returns as soon as it does. */
  boolean holdsWithin(Duration limit, BooleanSupplier condition);

  /**
   * Waits until a condition holds.
   *
   * @param what what is waited for, as the subject of a sentence
   * @throws AssertionError if patience ran out
   */
  default void until(String what, BooleanSupplier condition) {
    if (!holdsWithin(patience(), condition)) {
      throw new AssertionError(what + " did not happen within " + patience());
    }
  }

  /**
   * Waits for a stage and returns its value, or throws what it failed with.
   *
   * @param what what is waited for, as the subject of a sentence
   * @throws AssertionError if patience ran out
   */
  default <T> T result(String what, CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    until(what, future::isDone);
    try {
      return future.join();
    } catch (CompletionException e) {
      throw unchecked(what, cause(e));
    }
  }

  /**
   * Waits for a stage that is to fail, and returns what it failed with.
   *
   * @param what what is waited for, as the subject of a sentence
   * @throws AssertionError if it did not fail, or patience ran out
   */
  default Throwable failure(String what, CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    until(what, future::isDone);
    try {
      Object value = future.join();
      throw new AssertionError(what + " should have failed and gave " + value);
    } catch (CompletionException e) {
      return cause(e);
    }
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static RuntimeException unchecked(String what, Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new CompletionException(what + " failed", thrown);
  }
}
