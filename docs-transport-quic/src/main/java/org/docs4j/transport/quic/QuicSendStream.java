package org.docs4j.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.SendStream;
import org.jspecify.annotations.Nullable;

/**
 * The sending half. A write completes when the library has taken all of it, which it does as far as congestion and the
 * peer's flow control allow.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class QuicSendStream implements SendStream {
  /** The library does not tell with which code a peer stopped a stream. */
  private static final long UNKNOWN_CODE = -1;

  private final QuicStream stream;
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  // Confined to the event loop.
  private final ArrayDeque<CompletableFuture<Void>> pending = new ArrayDeque<>();
  private boolean finishing;
  private boolean finSent;
  private @Nullable TransportException failure;

  QuicSendStream(QuicStream stream, boolean exists) {
    this.stream = stream;
    this.finSent = !exists;
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer data) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    ByteBuf shared = Unpooled.wrappedBuffer(data);
    stream.run(() -> write(shared, written), () -> refuse(shared, written));
    return written;
  }

  private void write(ByteBuf data, CompletableFuture<Void> written) {
    if (failure != null || finishing || stream.connection().failure().isPresent()) {
      refuse(data, written);
      return;
    }
    pending.add(written);
    stream.channel().writeAndFlush(data).addListener(done -> written(written, done.cause()));
  }

  private void refuse(ByteBuf data, CompletableFuture<Void> written) {
    data.release();
    written.completeExceptionally(reason());
  }

  private TransportException reason() {
    if (failure != null) {
      return failure;
    }
    return stream.connection().failure().orElseGet(() -> new TransportException("the stream is finished"));
  }

  private void written(CompletableFuture<Void> written, @Nullable Throwable cause) {
    if (cause == null) {
      // In the order of the writes; after a failure there is nothing pending.
      if (pending.peek() == written) {
        pending.remove();
      }
      written.complete(null);
    } else if (cause instanceof ChannelOutputShutdownException) {
      fail(new StreamResetException(UNKNOWN_CODE));
      stream.halfOver();
    } else if (stream.channel().parent().isActive()) {
      fail(new TransportException("a stream failed: " + cause.getMessage(), cause));
      stream.halfOver();
    }
    // Otherwise the connection has just ended, and will say why.
  }

  @Override
  public CompletionStage<Void> finish() {
    stream.run(this::finishNow, () -> finished.completeExceptionally(reason()));
    return finished.minimalCompletionStage();
  }

  private void finishNow() {
    if (finishing) {
      return;
    }
    finishing = true;
    if (failure != null || stream.connection().failure().isPresent()) {
      finished.completeExceptionally(reason());
      return;
    }
    pending.add(finished);
    stream.channel().writeAndFlush(QuicStreamFrame.EMPTY_FIN).addListener(
        done -> {
          if (done.isSuccess()) {
            finSent = true;
            stream.connection().finishedStream();
          }
          written(finished, done.cause());
          stream.halfOver();
        });
  }

  @Override
  public void reset(long code) {
    int checked = Codes.checked(code);
    stream.run(() -> resetNow(checked), () -> {});
  }

  private void resetNow(int code) {
    if (finSent || failure != null) {
      return;
    }
    fail(new TransportException("this side reset the stream with code " + code));
    stream.channel().shutdownOutput(code);
    stream.halfOver();
  }

  private void fail(TransportException exception) {
    if (failure != null) {
      return;
    }
    failure = exception;
    finished.completeExceptionally(exception);
    while (!pending.isEmpty()) {
      pending.remove().completeExceptionally(exception);
    }
  }

  void connectionEnded(TransportException exception) {
    fail(exception);
  }

  boolean isOver() {
    return finSent || failure != null;
  }
}
