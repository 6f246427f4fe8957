package org.docs4j.engine.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.engine.ranger.Piece;
import org.docs4j.engine.wire.MessageDecoder;
import org.docs4j.engine.wire.MessageHead;

/**
 * Reads the body of one frame and hands its pieces over as they arrive.
 *
 * <p>Only the time of waiting for the peer counts against it, not that of working on what has come: at no moment may it
 * have been waited for longer than the patience and the time that what has come takes at the slowest speed allowed.
 */
final class FrameReader {
  /** A frame that comes slower than this is given up, however steadily it drips. */
  static final int LEAST_BYTES_PER_SECOND = 32 << 10;

  private static final int NANOS_PER_BYTE = 1_000_000_000 / LEAST_BYTES_PER_SECOND;

  private final FrameStream stream;
  private final MessageDecoder decoder;
  private final MessageSink sink;
  private final Duration patience;
  private final CompletableFuture<Optional<MessageHead>> result = new CompletableFuture<>();
  private boolean begun;
  private long bytes;
  private long waited;

  FrameReader(FrameStream stream, long length, Duration patience, MessageSink sink) {
    this.stream = stream;
    this.decoder = new MessageDecoder(length);
    this.patience = patience;
    this.sink = sink;
  }

  /** Reads all of it; what the message begins with, once its last piece was taken. */
  CompletableFuture<Optional<MessageHead>> read() {
    proceed();
    return result;
  }

  /** One thread at a time; does not call itself, however fast everything else answers. */
  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong ends the session, not the thread
  private void proceed() {
    try {
      decoder.feed(stream.buffered());
      boolean full = decoder.advance();
      if (!begun && decoder.head().isPresent()) {
        begun = true;
        sink.begin(decoder.head().get());
      }
      if (decoder.isDone() && decoder.missing() == 0) {
        sink.takeLast(decoder.takeBatch());
        result.complete(decoder.head());
        return;
      }
      List<Piece> pieces = full || decoder.isDone() ? decoder.takeBatch() : List.of();
      if (!pieces.isEmpty()) {
        sink.take(pieces).whenCompleteAsync((done, failure) -> then(failure, full), stream.compute());
      } else if (full) {
        stream.compute().execute(() -> then(null, true));
      } else {
        then(null, false);
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private void then(Throwable failure, boolean more) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (more) {
      proceed();
    } else if (decoder.missing() > 0) {
      readOn();
    } else {
      result.complete(decoder.head());
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever goes wrong ends the session, not the thread
  private void readOn() {
    try {
      sink.waiting(decoder.held());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
      return;
    }
    long begin = stream.environment().ticker().nanos();
    long left = patience.toNanos() + bytes * NANOS_PER_BYTE - waited;
    if (left <= 0) {
      result.completeExceptionally(
          new DocsTimeoutException("the peer sends less than " + LEAST_BYTES_PER_SECOND + " bytes a second"));
      return;
    }
    Duration limit = patience.toNanos() < left ? patience : Duration.ofNanos(left);
    CompletionStage<Optional<ByteBuffer>> read = stream.read(limit);
    read.whenCompleteAsync(
        (arrived, failure) -> {
          waited += stream.environment().ticker().since(begin).toNanos();
          arrived(arrived, failure);
        },
        stream.compute());
  }

  private void arrived(Optional<ByteBuffer> read, Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (read.isEmpty()) {
      result.completeExceptionally(new MalformedMessageException("the stream ends within a frame"));
    } else {
      bytes += read.get().remaining();
      stream.buffer(read.get());
      proceed();
    }
  }
}
