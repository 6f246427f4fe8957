package org.docs4j.engine.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;

/**
 * Messages on a stream: length-prefixed frames (WIRE 4.2), with a time-out on every wait for the peer to make progress.
 *
 * <p>Used by one session, one call at a time; results arrive on the environment's executor for computing.
 */
final class FrameStream {
  private static final int LENGTH_BYTES = 4;
  private static final int READ_BYTES = 256 << 10;
  private static final int WRITE_BYTES = 256 << 10;

  /** A frame that comes slower than this is given up, however steadily it drips. */
  private static final int LEAST_BYTES_PER_SECOND = 32 << 10;

  private final BidiStream stream;
  private final Environment environment;
  private final Executor compute;
  private final Duration patience;
  private ByteBuffer buffered = ByteBuffer.allocate(0);

  /** Reads and writes a stream; fails a wait that brings nothing for as long as {@code patience}. */
  FrameStream(BidiStream stream, Environment environment, Duration patience) {
    this.stream = stream;
    this.environment = environment;
    this.compute = environment.executor().compute();
    this.patience = patience;
  }

  CompletableFuture<Void> send(SyncMessage message) {
    return write(ByteBuffer.wrap(SyncMessageCodec.encodeFrame(message)));
  }

  private CompletableFuture<Void> write(ByteBuffer frame) {
    if (!frame.hasRemaining()) {
      return CompletableFuture.completedFuture(null);
    }
    int size = Math.min(frame.remaining(), WRITE_BYTES);
    ByteBuffer piece = frame.slice(frame.position(), size);
    frame.position(frame.position() + size);
    return waitFor(stream.send().write(piece)).thenComposeAsync(done -> write(frame), compute);
  }

  /**
   * The next message; empty when the peer has ended its side.
   *
   * @param maxBytes the longest frame that is taken
   */
  CompletableFuture<Optional<SyncMessage>> receive(int maxBytes) {
    return fill(new Filling(LENGTH_BYTES)).thenComposeAsync(header -> receiveBody(header, maxBytes), compute);
  }

  private CompletableFuture<Optional<SyncMessage>> receiveBody(Filling header, int maxBytes) {
    if (header.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (!header.isFull()) {
      return CompletableFuture.failedFuture(new MalformedMessageException("the stream ends within a frame's length"));
    }
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(header.bytes()).getInt());
    if (length > maxBytes) {
      return CompletableFuture.failedFuture(new MalformedMessageException("a frame of " + length + " bytes"));
    }
    Duration deadline = patience.plusSeconds(length / LEAST_BYTES_PER_SECOND);
    return TimeLimit.of(fill(new Filling((int) length)), deadline, environment)
        .thenApplyAsync(
            body -> {
              if (!body.isFull()) {
                throw new MalformedMessageException("the stream ends within a frame");
              }
              return Optional.of(SyncMessageCodec.decode(body.bytes()));
            },
            compute);
  }

  /** Waits for the peer's end of the stream; a byte more is an error. */
  CompletableFuture<Void> expectEnd() {
    return fill(new Filling(1))
        .thenAccept(
            extra -> {
              if (!extra.isEmpty()) {
                throw new MalformedMessageException("bytes after the end of the session");
              }
            });
  }

  CompletableFuture<Void> finish() {
    return waitFor(stream.send().finish());
  }

  private CompletableFuture<Filling> fill(Filling filling) {
    CompletableFuture<Filling> result = new CompletableFuture<>();
    fill(filling, result);
    return result;
  }

  private void fill(Filling filling, CompletableFuture<Filling> result) {
    filling.take(buffered);
    if (filling.isFull()) {
      result.complete(filling);
      return;
    }
    CompletionStage<Optional<ByteBuffer>> read = waitFor(stream.receive().read(READ_BYTES));
    read.whenCompleteAsync(
        (bytes, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (bytes.isEmpty() || result.isDone()) {
            result.complete(filling);
          } else {
            buffered = bytes.get();
            fill(filling, result);
          }
        },
        compute);
  }

  private <T> CompletableFuture<T> waitFor(CompletionStage<T> stage) {
    return TimeLimit.of(stage, patience, environment);
  }
}
