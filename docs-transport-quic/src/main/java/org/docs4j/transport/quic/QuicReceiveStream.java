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
 *
 * <p>A reader that found nothing has the library hand over the first bytes that come. They only show that there is
 * something; the rest is taken, and the reader told, when all datagrams that came together have been looked at: to do
 * it for each of them would take longer than to decrypt them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicReceiveStream implements ReceiveStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Most messages are no longer than a datagram. */
  private static final int GLANCE = 2048;

  private static final int MIN_PORTION = 4096;
  private static final int MAX_PORTION = 65_536;

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
  // Confined to the event loop.
  private boolean draining;
  private int portion = MIN_PORTION;

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
    stream.onChannel(this::drain);
    pullInVain();
  }

  private void pullInVain() {
    stream.connection().failure().ifPresent(this::connectionEnded);
  }

  /** Takes what the library has, as long as whoever is given some of it asks for more; it may do so in the midst. */
  private void drain(QuicStreamChannel channel) {
    if (draining) {
      return;
    }
    draining = true;
    try {
      boolean more = isAwaited();
      while (more) {
        channel.read();
        more = deliver() && isAwaited();
      }
    } finally {
      draining = false;
    }
  }

  /** How many bytes the library shall hand over next: hardly any that nobody has asked for. */
  int portion() {
    if (draining) {
      return portion;
    }
    return isAwaited() ? GLANCE : 1;
  }

  private synchronized boolean isAwaited() {
    return reader != null;
  }

  void arrived(ByteBuf data) {
    int bytes = data.readableBytes();
    synchronized (this) {
      if (state != State.OPEN || bytes == 0) {
        return;
      }
      ByteBuffer copy = ByteBuffer.allocate(arrived.remaining() + bytes);
      copy.put(arrived);
      data.readBytes(copy.limit(copy.position() + bytes));
      arrived = copy.flip();
    }
    if (!draining) {
      stream.afterDatagrams(() -> stream.onChannel(this::drain));
    } else if (bytes == portion) {
      portion = Math.min(2 * portion, MAX_PORTION);
    }
  }

  /** Gives the reader what has arrived, if there is both; whether there was. */
  private boolean deliver() {
    CompletableFuture<Optional<ByteBuffer>> answered;
    ByteBuffer answer;
    synchronized (this) {
      answered = reader;
      if (answered == null || !arrived.hasRemaining()) {
        return false;
      }
      reader = null;
      answer = take(wanted);
    }
    answered.complete(Optional.of(answer));
    return true;
  }

  void finished() {
    CompletableFuture<Optional<ByteBuffer>> answered;
    Optional<ByteBuffer> answer;
    synchronized (this) {
      if (state != State.OPEN) {
        return;
      }
      state = State.FINISHED;
      answered = reader;
      reader = null;
      answer = answered != null && arrived.hasRemaining() ? Optional.of(take(wanted)) : Optional.empty();
    }
    if (answered != null) {
      answered.complete(answer);
    }
    stream.halfOver();
  }

  void failed(TransportException exception) {
    fail(exception, false);
    stream.halfOver();
  }

  /** Ends an open stream, at once or when what has arrived is read; false if it was not open. */
  private boolean fail(TransportException exception, boolean drop) {
    synchronized (this) {
      if (state != State.OPEN) {
        return false;
      }
      state = State.FAILED;
      arrived = drop ? NOTHING : arrived;
      failure = exception;
    }
    failReader(exception);
    return true;
  }

  /** Fails the read that waits, unless there is something for it. */
  private void failReader(TransportException exception) {
    if (deliver()) {
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

  /** Fails the read that waits for what has not come; the next one may still find some. */
  void connectionEnded(TransportException exception) {
    if (stream.connection().canStillRead()) {
      stream.onChannel(this::drain);
      failReader(exception);
    } else {
      fail(exception, false);
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
