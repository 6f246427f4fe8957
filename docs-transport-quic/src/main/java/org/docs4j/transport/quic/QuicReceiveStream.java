package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half: asks the library for one piece at a time, and only when somebody reads. What is not asked for
 * stays under the flow control of the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicReceiveStream implements ReceiveStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private enum State {
    OPEN,
    FINISHED,
    FAILED
  }

  private final QuicStream stream;
  // Guarded by this: reads of what has already arrived do not wait for the event loop.
  private State state;
  private ByteBuffer arrived = NOTHING;
  private int wanted;
  private @Nullable CompletableFuture<Optional<ByteBuffer>> reader;
  private @Nullable TransportException failure;

  QuicReceiveStream(QuicStream stream, boolean exists) {
    this.stream = stream;
    this.state = exists ? State.OPEN : State.FINISHED;
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("at least one byte must be wanted, not " + max);
    }
    CompletableFuture<Optional<ByteBuffer>> mine;
    synchronized (this) {
      if (reader != null) {
        throw new IllegalStateException("the last read has not completed");
      }
      if (arrived.hasRemaining()) {
        return CompletableFuture.completedFuture(Optional.of(take(max)));
      }
      if (state == State.FINISHED) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      mine = new CompletableFuture<>();
      reader = mine;
      wanted = max;
    }
    stream.run(this::pull, this::pullInVain);
    return mine;
  }

  private ByteBuffer take(int max) {
    if (arrived.remaining() <= max) {
      ByteBuffer all = arrived;
      arrived = NOTHING;
      return all;
    }
    ByteBuffer part = arrived.slice(arrived.position(), max);
    arrived.position(arrived.position() + max);
    return part;
  }

  /** What the peer sent before it closed the connection is still there for a short while. */
  private void pull() {
    stream.onChannel(QuicStreamChannel::read);
    pullInVain();
  }

  private void pullInVain() {
    stream.connection().failure().ifPresent(this::connectionEnded);
  }

  void arrived(ByteBuf data) {
    CompletableFuture<Optional<ByteBuffer>> answered;
    ByteBuffer answer;
    synchronized (this) {
      if (state != State.OPEN || !data.isReadable()) {
        return;
      }
      ByteBuffer copy = ByteBuffer.allocate(arrived.remaining() + data.readableBytes());
      copy.put(arrived);
      data.readBytes(copy);
      arrived = copy.flip();
      answered = reader;
      if (answered == null) {
        return;
      }
      reader = null;
      answer = take(wanted);
    }
    answered.complete(Optional.of(answer));
  }

  void finished() {
    CompletableFuture<Optional<ByteBuffer>> answered;
    synchronized (this) {
      if (state != State.OPEN) {
        return;
      }
      state = State.FINISHED;
      answered = reader;
      reader = null;
    }
    if (answered != null) {
      answered.complete(Optional.empty());
    }
    stream.halfOver();
  }

  void failed(TransportException exception) {
    fail(exception, false);
    stream.halfOver();
  }

  /** Ends an open stream, at once or when what has arrived is read; false if it was not open. */
  private boolean fail(TransportException exception, boolean drop) {
    CompletableFuture<Optional<ByteBuffer>> answered;
    synchronized (this) {
      if (state != State.OPEN) {
        return false;
      }
      state = State.FAILED;
      arrived = drop ? NOTHING : arrived;
      failure = exception;
      answered = reader;
      reader = null;
    }
    if (answered != null) {
      answered.completeExceptionally(exception);
    }
    return true;
  }

  /** Fails the read that waits; the next one may still find what has arrived. */
  void connectionEnded(TransportException exception) {
    if (!stream.connection().canStillRead()) {
      fail(exception, false);
      return;
    }
    CompletableFuture<Optional<ByteBuffer>> answered;
    synchronized (this) {
      answered = reader;
      reader = null;
    }
    if (answered != null) {
      answered.completeExceptionally(exception);
    }
  }

  @Override
  public void stop(long code) {
    int checked = Codes.checked(code);
    if (fail(new TransportException("this side stopped the stream with code " + code), true)) {
      stream.run(() -> stopNow(checked), () -> {});
    }
  }

  private void stopNow(int code) {
    stream.onChannel(channel -> channel.shutdownInput(code));
    stream.halfOver();
  }

  synchronized boolean isOver() {
    return state != State.OPEN;
  }

  synchronized boolean endedInOrder() {
    return state == State.FINISHED;
  }
}
