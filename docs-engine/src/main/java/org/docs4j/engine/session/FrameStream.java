package org.docs4j.engine.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.engine.wire.MessageHead;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;

/**
 * Messages on a stream: length-prefixed frames (WIRE 4.2), with a time-out on every wait for the peer to make progress.
 *
 * <p>Used by one session, one call at a time. Messages, and the end of the stream, arrive on the environment's executor for
 * computing; that something was written on the transport's thread.
 */
final class FrameStream {
  private static final int LENGTH_BYTES = 4;
  private static final int READ_BYTES = 256 << 10;
  private static final int WRITE_BYTES = 256 << 10;

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
    CompletableFuture<Void> written = TimeLimit.of(stream.send().write(piece), patience, environment);
    return frame.hasRemaining() ? written.thenComposeAsync(done -> write(frame), compute) : written;
  }

  /**
   * The next message, whose pieces go to the sink; completes once it has taken the last of them, empty when the peer has
   * ended its side.
   *
   * @param maxBytes the longest frame that is taken
   */
  CompletableFuture<Optional<MessageHead>> receive(long maxBytes, MessageSink sink) {
    return fill(ByteBuffer.allocate(LENGTH_BYTES)).thenCompose(header -> receiveBody(header, maxBytes, sink));
  }

  private CompletableFuture<Optional<MessageHead>> receiveBody(ByteBuffer header, long maxBytes, MessageSink sink) {
    if (header.position() == 0) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (header.hasRemaining()) {
      return CompletableFuture.failedFuture(new MalformedMessageException("the stream ends within a frame's length"));
    }
    long length = Integer.toUnsignedLong(header.getInt(0));
    if (length > maxBytes) {
      return CompletableFuture.failedFuture(
          new MalformedMessageException("a frame of " + length + " bytes, at most " + maxBytes + " are taken"));
    }
    return new FrameReader(this, length, patience, sink).read();
  }

  /** Waits for the peer's end of the stream; a byte more is an error. */
  CompletableFuture<Void> expectEnd() {
    return fill(ByteBuffer.allocate(1))
        .thenAccept(
            extra -> {
              if (extra.position() > 0) {
                throw new MalformedMessageException("bytes after the end of the session");
              }
            });
  }

  CompletableFuture<Void> finish() {
    return TimeLimit.of(stream.send().finish(), patience, environment);
  }

  /** Fills a few bytes from the stream, as far as it goes. */
  private CompletableFuture<ByteBuffer> fill(ByteBuffer target) {
    int take = Math.min(target.remaining(), buffered.remaining());
    target.put(buffered.slice().limit(take));
    buffered.position(buffered.position() + take);
    if (!target.hasRemaining()) {
      return CompletableFuture.completedFuture(target);
    }
    return read(patience)
        .thenComposeAsync(
            bytes -> {
              if (bytes.isEmpty()) {
                return CompletableFuture.completedFuture(target);
              }
              buffered = bytes.get();
              return fill(target);
            },
            compute);
  }

  /** What was read and not taken yet. */
  ByteBuffer buffered() {
    return buffered;
  }

  /** Puts bytes that were read in the place of those taken. */
  void buffer(ByteBuffer bytes) {
    buffered = bytes;
  }

  CompletableFuture<Optional<ByteBuffer>> read(Duration limit) {
    return TimeLimit.of(stream.receive().read(READ_BYTES), limit, environment);
  }

  Executor compute() {
    return compute;
  }

  Environment environment() {
    return environment;
  }
}
