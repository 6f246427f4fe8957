package org.docs4j.transport.quic;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Streams that the peer opened and nobody has asked for, or askers that have no stream yet. How many streams wait is
 * bounded by the stream limits of the connection. Safe to use from any thread.
 */
final class AcceptQueue<T> {
  private final ArrayDeque<T> streams = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<T>> askers = new ArrayDeque<>();
  private @Nullable TransportException end;

  CompletionStage<T> next() {
    synchronized (this) {
      T stream = streams.poll();
      if (stream != null) {
        return CompletableFuture.completedFuture(stream);
      }
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      CompletableFuture<T> asker = new CompletableFuture<>();
      askers.add(asker);
      return asker;
    }
  }

  /** Gives a stream to the first asker that still wants one, or keeps it. */
  void offer(T stream) {
    CompletableFuture<T> asker;
    do {
      synchronized (this) {
        asker = askers.poll();
        if (asker == null) {
          streams.add(stream);
          return;
        }
      }
    } while (!asker.complete(stream));
  }

  /** Fails all askers, and those to come once the streams that are here have been taken. */
  void end(TransportException exception) {
    ArrayDeque<CompletableFuture<T>> failing;
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = exception;
      failing = new ArrayDeque<>(askers);
      askers.clear();
    }
    failing.forEach(asker -> asker.completeExceptionally(exception));
  }
}
