package org.docs4j.tck;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.spi.transport.SendStream;

/** Writes one piece after the other, without a thread, until one has to wait, fails, or there were too many. */
final class Flood {
  private final SendStream stream;
  private final int mostPieces;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile CompletionStage<Void> last = CompletableFuture.completedFuture(null);

  Flood(SendStream stream, long mostBytes) {
    this.stream = stream;
    this.mostPieces = (int) (mostBytes / TransportFixture.PIECE);
    go();
  }

  private void go() {
    while (taken.get() < mostPieces) {
      CompletionStage<Void> write = stream.write(ByteBuffer.wrap(piece(taken.get())));
      last = write;
      if (!write.toCompletableFuture().isDone()) {
        write.thenAccept(
            done -> {
              taken.incrementAndGet();
              go();
            });
        return;
      }
      if (write.toCompletableFuture().isCompletedExceptionally()) {
        return;
      }
      taken.incrementAndGet();
    }
  }

  /** What the piece with that number looks like. */
  static byte[] piece(int number) {
    return TransportFixture.pattern(TransportFixture.PIECE, number);
  }

  /** How many pieces the stream has taken. */
  int pieces() {
    return taken.get();
  }

  /** How many bytes the stream has taken. */
  long bytes() {
    return (long) taken.get() * TransportFixture.PIECE;
  }

  /** The write after those that were taken. */
  CompletionStage<Void> pending() {
    return last;
  }
}
