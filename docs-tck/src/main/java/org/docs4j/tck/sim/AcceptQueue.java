package org.docs4j.tck.sim;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Streams that the peer has opened and those who wait for one, first come first served. */
final class AcceptQueue<T> {
  private final SimConnection connection;
  private final ArrayDeque<T> streams = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<T>> takers = new ArrayDeque<>();

  AcceptQueue(SimConnection connection) {
    this.connection = connection;
  }

  void offer(T stream) {
    streams.add(stream);
    match();
  }

  CompletionStage<T> take() {
    CompletableFuture<T> stage = new CompletableFuture<>();
    takers.add(stage);
    match();
    return stage;
  }

  private void match() {
    while (!streams.isEmpty() && !takers.isEmpty()) {
      connection.complete(takers.remove(), streams.remove());
    }
  }

  void fail(RuntimeException failure) {
    takers.forEach(taker -> connection.fail(taker, failure));
    takers.clear();
    streams.clear();
  }
}
