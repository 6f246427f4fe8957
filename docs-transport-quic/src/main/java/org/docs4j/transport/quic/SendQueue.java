package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.TransportException;
import org.jspecify.annotations.Nullable;

/** What was written to a stream and the library has not taken yet. Safe to use from any thread. */
final class SendQueue {
  /** So many bytes of small writes may wait; more would be memory that a peer can make us hold by not reading. */
  static final int MAX_COPIED = 64 << 10;

  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private int copied;
  private boolean finished;
  private @Nullable TransportException failure;

  /**
   * Bytes that go to the library together.
   *
   * @param data the bytes
   * @param copy whether they are a copy, to which more may be added until it is handed over
   * @param taken completes when the library has taken them; for a copy it has completed long before
   */
  record Piece(ByteBuf data, boolean copy, CompletableFuture<Void> taken) {}

  /**
   * What became of a write.
   *
   * @param taken completes when more can be written
   * @param first whether nothing was waiting before
   */
  record Added(CompletableFuture<Void> taken, boolean first) {}

  /** Adds the remaining bytes, copying them where they are few. */
  synchronized Added add(ByteBuffer data) {
    if (failure != null) {
      return new Added(CompletableFuture.failedFuture(failure), false);
    }
    if (finished) {
      return new Added(CompletableFuture.failedFuture(new TransportException("the stream is finished")), false);
    }
    boolean first = pieces.isEmpty();
    if (copied + data.remaining() > MAX_COPIED) {
      Piece piece = new Piece(Unpooled.wrappedBuffer(data), false, new CompletableFuture<>());
      pieces.add(piece);
      return new Added(piece.taken(), first);
    }
    copied += data.remaining();
    Piece last = pieces.peekLast();
    if (last == null || !last.copy()) {
      last =
          new Piece(
              ByteBufAllocator.DEFAULT.directBuffer(data.remaining(), MAX_COPIED),
              true,
              CompletableFuture.completedFuture(null));
      pieces.add(last);
    }
    last.data().writeBytes(data.duplicate());
    return new Added(last.taken(), first);
  }

  /** The next piece; it belongs to the caller, and so do its bytes. */
  synchronized @Nullable Piece poll() {
    return pieces.poll();
  }

  synchronized boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** The library has taken all bytes of a piece. */
  void taken(Piece piece, int bytes) {
    synchronized (this) {
      if (piece.copy()) {
        copied -= bytes;
      }
    }
    piece.taken().complete(null);
  }

  synchronized void finish() {
    finished = true;
  }

  /** Whether nothing more will be added, and all that was is to arrive: not after a failure. */
  synchronized boolean isFinished() {
    return finished && failure == null;
  }

  synchronized Optional<TransportException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Drops everything; whoever waits, and whoever writes from now on, is told why. */
  void fail(TransportException exception) {
    ArrayDeque<Piece> dropped;
    synchronized (this) {
      if (failure != null) {
        return;
      }
      failure = exception;
      dropped = new ArrayDeque<>(pieces);
      pieces.clear();
    }
    for (Piece piece : dropped) {
      piece.data().release();
      piece.taken().completeExceptionally(exception);
    }
  }
}
