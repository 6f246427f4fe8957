package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.SendStream;
import org.jspecify.annotations.Nullable;

/**
 * The sending half. Small writes are copied and complete at once, as long as little waits; others complete when the
 * library has taken all of them, which it does as far as congestion and the peer's flow control allow.
 *
 * <p>What is written is handed to the library a moment later, on the event loop, so that writes that follow each other
 * share packets, and the end goes with the last bytes: see {@link LonelyEnd} for why that matters.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicSendStream implements SendStream {
  /** The library does not tell with which code a peer stopped a stream. */
  private static final long UNKNOWN_CODE = -1;

  private static final int MAX_PART = SendQueue.MAX_COPIED;

  private final QuicStream stream;
  private final SendQueue queue = new SendQueue();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  // Confined to the event loop.
  private boolean handing;
  private SendQueue.@Nullable Piece inLibrary;
  private @Nullable RevocableFrame frame;
  private boolean written;
  private boolean ending;
  private boolean over;
  private boolean reset;

  QuicSendStream(QuicStream stream, boolean exists) {
    this.stream = stream;
    this.over = !exists;
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    stream.connection().failure().ifPresent(queue::fail);
    SendQueue.Added added = queue.add(data);
    if (added.first()) {
      stream.run(() -> stream.later(this::hand), () -> stream.connection().failure().ifPresent(this::fail));
    }
    return added.taken();
  }

  @Override
  public CompletionStage<Void> finish() {
    queue.finish();
    stream.run(this::finishNow, () -> stream.connection().failure().ifPresent(this::fail));
    return finished.minimalCompletionStage();
  }

  private void finishNow() {
    stream.connection().finishedStream();
    queue.failure().or(() -> stream.connection().failure()).ifPresent(finished::completeExceptionally);
    hand();
  }

  private void hand() {
    stream.onChannel(this::hand);
  }

  /** Hands over pieces one after the other, until the library cannot take one at once. */
  private void hand(QuicStreamChannel channel) {
    if (handing) {
      return;
    }
    handing = true;
    while (inLibrary == null && !over && !ending) {
      SendQueue.Piece piece = queue.poll();
      if (piece != null) {
        hand(channel, piece);
      } else if (queue.isFinished()) {
        ending = true;
        LonelyEnd.send(channel, stream.receive().isOver(), this::ended);
      } else {
        break;
      }
    }
    handing = false;
  }

  private void hand(QuicStreamChannel channel, SendQueue.Piece piece) {
    inLibrary = piece;
    written = true;
    stream.connection().wrote(channel);
    handPart(channel, piece, piece.data().readableBytes());
  }

  /**
   * Hands over all of a piece, or one copied part after the other where the library cannot read the memory of who writes.
   * The library keeps what it is given until it can be sent, also when the stream was reset meanwhile; so it gets nothing
   * that cannot be taken back when the write is answered.
   */
  private void handPart(QuicStreamChannel channel, SendQueue.Piece piece, int bytes) {
    ByteBuf part = piece.data().isDirect() ? piece.data().retain() : copyPart(piece.data());
    boolean all = piece.data().isDirect() || !piece.data().isReadable();
    boolean end = all && queue.isFinished() && queue.isEmpty();
    ending = end;
    RevocableFrame handed = new RevocableFrame(part, end);
    frame = handed;
    channel.writeAndFlush(handed).addListener(done -> partTaken(channel, bytes, all, end, done.cause()));
  }

  private static ByteBuf copyPart(ByteBuf data) {
    int bytes = Math.min(data.readableBytes(), MAX_PART);
    return ByteBufAllocator.DEFAULT.directBuffer(bytes).writeBytes(data, bytes);
  }

  private void partTaken(QuicStreamChannel channel, int bytes, boolean all, boolean end, @Nullable Throwable cause) {
    frame = null;
    SendQueue.Piece piece = inLibrary;
    if (cause != null) {
      failed(cause);
    } else if (piece != null && !all) {
      handPart(channel, piece, bytes);
    } else if (piece != null) {
      letGo(piece);
      queue.taken(piece, bytes);
      if (end) {
        ended(null);
      } else {
        hand();
      }
    }
  }

  /** The bytes of a write belong to the stream until here, and to the library no longer. */
  private void letGo(SendQueue.Piece piece) {
    RevocableFrame handed = frame;
    if (handed != null) {
      handed.revoke();
      frame = null;
    }
    inLibrary = null;
    piece.data().release();
  }

  private void ended(@Nullable Throwable cause) {
    if (cause != null) {
      failed(cause);
    } else if (!over) {
      over = true;
      finished.complete(null);
      stream.halfOver();
    }
  }

  private void failed(Throwable cause) {
    if (cause instanceof ChannelOutputShutdownException) {
      fail(new StreamResetException(UNKNOWN_CODE));
      stream.halfOver();
    } else if (stream.connection().canStillRead()) {
      resetNow(0, new TransportException("a stream failed: " + cause.getMessage(), cause));
    }
    // Otherwise the connection has just ended, and will say why.
  }

  @Override
  public void reset(long code) {
    int checked = Codes.checked(code);
    TransportException reason = new TransportException("this side reset the stream with code " + code);
    queue.fail(reason);
    stream.run(() -> resetNow(checked, reason), () -> {});
  }

  private void resetNow(int code, TransportException reason) {
    if (!over) {
      reset = true;
      fail(reason);
      stream.onChannel(channel -> stream.connection().resetStreams().reset(channel, code, written));
      stream.halfOver();
    }
  }

  /** Lets the library drop what it has not sent, as the connection is about to end. */
  void abandon(int code) {
    if (!over) {
      stream.onChannel(channel -> stream.connection().resetStreams().reset(channel, code, written));
    }
  }

  private void fail(TransportException exception) {
    over = true;
    queue.fail(exception);
    SendQueue.Piece piece = inLibrary;
    if (piece != null) {
      letGo(piece);
      piece.taken().completeExceptionally(exception);
    }
    finished.completeExceptionally(exception);
  }

  void connectionEnded(TransportException exception) {
    fail(exception);
  }

  /** Whether something was written that the library could not take yet. */
  boolean isBlocked() {
    return !over && (inLibrary != null || !queue.isEmpty());
  }

  boolean isOver() {
    return over;
  }

  boolean isReset() {
    return reset;
  }
}
