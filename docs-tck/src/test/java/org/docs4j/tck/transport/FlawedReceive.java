package org.docs4j.tck.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.ReceiveStream;

/** The receiving half of a stream with flaws. */
final class FlawedReceive implements ReceiveStream {
  private static final int PIECE = 1000;

  private final ReceiveStream inner;
  private final Set<TransportFlaw> flaws;
  private final ArrayDeque<ByteBuffer> ahead = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<Optional<ByteBuffer>>> readers = new ArrayDeque<>();
  private boolean endSeen;

  FlawedReceive(ReceiveStream inner, Set<TransportFlaw> flaws) {
    this.inner = inner;
    this.flaws = flaws;
    if (has(TransportFlaw.READS_AHEAD)) {
      readAhead();
    }
  }

  private boolean has(TransportFlaw flaw) {
    return flaws.contains(flaw);
  }

  /** The first read takes a byte, as the tests do, and all others as much as there is, whoever asks for it. */
  private void readAhead() {
    inner
        .read(ahead.isEmpty() && !endSeen ? 1 : PIECE)
        .thenAccept(
            data -> {
              endSeen = true;
              data.ifPresent(ahead::add);
              serve();
              data.ifPresent(some -> readAhead());
            });
  }

  private void serve() {
    while (!readers.isEmpty() && !ahead.isEmpty()) {
      readers.remove().complete(Optional.of(ahead.remove()));
    }
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    if (has(TransportFlaw.READS_AHEAD)) {
      CompletableFuture<Optional<ByteBuffer>> mine = new CompletableFuture<>();
      readers.add(mine);
      serve();
      return mine;
    }
    if (has(TransportFlaw.ENDS_ONCE) && endSeen) {
      return CompletableFuture.failedFuture(new TransportException("the stream has ended"));
    }
    try {
      return inner.read(has(TransportFlaw.READS_TOO_MUCH) ? max + 1 : max).thenApply(this::seen);
    } catch (IllegalStateException e) {
      if (has(TransportFlaw.READS_TWICE)) {
        return new CompletableFuture<>();
      }
      throw e;
    }
  }

  private Optional<ByteBuffer> seen(Optional<ByteBuffer> data) {
    endSeen = data.isEmpty();
    return data;
  }

  @Override
  public void stop(long code) {
    if (!has(TransportFlaw.IGNORES_STOPS)) {
      inner.stop(code);
    }
  }
}
