package org.docs4j.tck.sim;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.jspecify.annotations.Nullable;

/** The receiving half of a simulated stream: holds what has arrived, at most a window of it, until it is asked for. */
final class ReceiveHalf implements ReceiveStream {
  private final SimConnection connection;
  private final SimStreams streams;
  private final long id;
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
  private int unreturned;
  private boolean finished;
  private @Nullable RuntimeException failure;
  private @Nullable Read waiting;
  private CompletableFuture<Optional<ByteBuffer>> last = CompletableFuture.completedFuture(Optional.empty());

  ReceiveHalf(SimConnection connection, SimStreams streams, long id) {
    this.connection = connection;
    this.streams = streams;
    this.id = id;
  }

  @Override
  public CompletionStage<Optional<ByteBuffer>> read(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("a read asks for at least one byte, not for " + max);
    }
    synchronized (connection.lock()) {
      if (!last.isDone()) {
        throw new IllegalStateException("the last read has not completed");
      }
      RuntimeException refusal = failure;
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      if (isAtEnd()) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      last = new CompletableFuture<>();
      waiting = new Read(max, last);
      serve();
      return last;
    }
  }

  @Override
  public void stop(long code) {
    SimConnection.checkCode(code);
    synchronized (connection.lock()) {
      if (failure == null && !isAtEnd()) {
        connection.send(new Frame.Stopped(id, code), 0);
        giveUp(new TransportException("reading was stopped here"));
      }
    }
  }

  void received(ByteBuffer bytes) {
    chunks.add(bytes);
    serve();
  }

  void finished() {
    finished = true;
    serve();
    if (isAtEnd()) {
      taken();
    }
  }

  void reset(long code) {
    connection.send(new Frame.Taken(id), 0);
    giveUp(new StreamResetException(code));
  }

  private void serve() {
    Read read = waiting;
    if (read == null) {
      return;
    }
    if (!chunks.isEmpty()) {
      waiting = null;
      ByteBuffer data = next(read.max);
      returnCredit(data.remaining());
      connection.complete(read.stage, Optional.of(data));
      if (isAtEnd()) {
        taken();
      }
    } else if (finished) {
      waiting = null;
      connection.complete(read.stage, Optional.empty());
    }
  }

  private ByteBuffer next(int max) {
    ByteBuffer chunk = chunks.element();
    if (chunk.remaining() <= max) {
      return chunks.remove();
    }
    ByteBuffer part = chunk.slice(chunk.position(), max);
    chunk.position(chunk.position() + max);
    return part;
  }

  private void returnCredit(int bytes) {
    unreturned += bytes;
    if (unreturned > connection.config().streamWindow() / 4 && !finished) {
      connection.send(new Frame.StreamCredit(id, unreturned), 0);
      unreturned = 0;
    }
    streams.returnCredit(bytes);
  }

  private boolean isAtEnd() {
    return finished && chunks.isEmpty();
  }

  private void taken() {
    connection.send(new Frame.Taken(id), 0);
    streams.receivingEnded(id);
  }

  private void giveUp(RuntimeException reason) {
    int dropped = chunks.stream().mapToInt(ByteBuffer::remaining).sum();
    fail(reason);
    streams.returnCredit(dropped);
    streams.receivingEnded(id);
  }

  void fail(RuntimeException reason) {
    failure = reason;
    chunks.clear();
    Read read = waiting;
    if (read != null) {
      waiting = null;
      connection.fail(read.stage, reason);
    }
  }

  private record Read(int max, CompletableFuture<Optional<ByteBuffer>> stage) {}
}
