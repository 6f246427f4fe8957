package org.docs4j.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.DocsTimeoutException;

/**
 * Writes under way that first add a blob and then the entry that names it. Safe to use from any thread.
 *
 * <p>Between the two, garbage collection must not take the blob. A blob store keeps whatever is added while a collection
 * runs; so it is enough that a collection, once it has begun and before it asks which blobs the entries name, waits for
 * the writes that had begun before. Later writes are not held up.
 */
final class ContentWrites {
  /** How long a collection waits for imports of large files at most. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Set<Write> running = ConcurrentHashMap.newKeySet();
  private final Duration patience;

  ContentWrites(Duration patience) {
    this.patience = patience;
  }

  /** A write under way, which ends when it is closed. */
  final class Write implements AutoCloseable {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    @Override
    public void close() {
      running.remove(this);
      end.complete(true);
    }
  }

  /** Begins a write; call it before the blob is added, and end it once the entry is stored or refused. */
  Write begin() {
    Write write = new Write();
    running.add(write);
    return write;
  }

  /**
   * Waits for the end of the writes that have begun.
   *
   * @throws DocsTimeoutException if one takes too long
   */
  void awaitEarlier() {
    try {
      CompletableFuture.allOf(running.stream().map(write -> write.end).toArray(CompletableFuture[]::new))
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new DocsTimeoutException(
          "content is still being added after " + patience.toSeconds() + " s; collect garbage later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while content was being added", e);
    } catch (ExecutionException e) {
      throw new DocsException("a write cannot end with a failure", e);
    }
  }
}
