package org.docs4j.tck.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.spi.transport.ReceiveStream;

/** The receiving half of a stream which takes whatever comes, until somebody accepts it. */
final class AheadReceive implements ReceiveStream {
  private static final int PIECE = 16 * 1024;

  private final ReceiveStream inner;
  private final ArrayDeque<ByteBuffer> ahead = new ArrayDeque<>();
  private CompletableFuture<Boolean> pumping = CompletableFuture.completedFuture(true);
  private boolean accepted;

  AheadReceive(ReceiveStream inner) {
    this.inner = inner;
    pump();
  }

  private void pump() {
    CompletableFuture<Boolean> one = new CompletableFuture<>();
    pumping = one;
    inner
        .read(PIECE)
        .exceptionally(failure -> Optional.empty())
        .thenAccept(
            data -> {
              data.ifPresent(ahead::add);
              if (data.isPresent() && !accepted) {
                pump();
              }
              one.complete(true);
            });
  }

  AheadReceive accepted() {
    accepted = true;
    return this;
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    ByteBuffer first = ahead.peek();
    if (first == null) {
      return pumping.isDone() ? inner.read(max) : pumping.thenCompose(done -> read(max));
    }
    ByteBuffer part = ByteBuffer.allocate(Math.min(max, first.remaining()));
    while (part.hasRemaining()) {
      part.put(first.get());
    }
    if (!first.hasRemaining()) {
      ahead.remove();
    }
    return CompletableFuture.completedFuture(Optional.of(part.flip()));
  }

  @Override
  public void stop(long code) {
    inner.stop(code);
  }
}
