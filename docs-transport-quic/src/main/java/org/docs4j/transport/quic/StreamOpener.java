package org.docs4j.transport.quic;

import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.TransportException;

/**
 * Opens streams, as many as the peer allows; the others wait in order. The library must not be asked for one too many:
 * it would leave out the number of that stream.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: what becomes of a stream goes to the one that waits for it.
final class StreamOpener {
  private static final int MAX_WAITING = 4096;
  private static final long WAIT_SECONDS = 30;

  private final QuicConnection connection;
  private final QuicChannel channel;
  // Confined to the event loop.
  private final Map<QuicStreamType, ArrayDeque<CompletableFuture<QuicStream>>> waiting = new EnumMap<>(QuicStreamType.class);

  StreamOpener(QuicConnection connection, QuicChannel channel) {
    this.connection = connection;
    this.channel = channel;
    for (QuicStreamType type : QuicStreamType.values()) {
      waiting.put(type, new ArrayDeque<>());
    }
  }

  CompletableFuture<QuicStream> open(QuicStreamType type) {
    CompletableFuture<QuicStream> opened = new CompletableFuture<>();
    UdpSocket.run(
        channel, () -> openOrWait(type, opened), () -> connection.failure().ifPresent(opened::completeExceptionally));
    return opened;
  }

  private void openOrWait(QuicStreamType type, CompletableFuture<QuicStream> opened) {
    if (connection.failure().isPresent()) {
      opened.completeExceptionally(connection.failure().get());
      return;
    }
    ArrayDeque<CompletableFuture<QuicStream>> queue = waiting.get(type);
    if (queue.isEmpty() && channel.peerAllowedStreams(type) > 0) {
      create(type, opened);
    } else if (queue.size() >= MAX_WAITING) {
      opened.completeExceptionally(new TransportException("too many streams wait to be opened"));
    } else {
      queue.add(opened);
      channel.eventLoop().schedule(() -> giveUp(queue, opened), WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void giveUp(
      ArrayDeque<CompletableFuture<QuicStream>> queue, CompletableFuture<QuicStream> opened) {
    if (queue.removeIf(each -> each == opened)) {
      opened.completeExceptionally(
          new TransportException("the peer allowed no further stream within " + WAIT_SECONDS + " s"));
    }
  }

  void limitsChanged() {
    waiting.forEach(
        (type, queue) -> {
          while (!queue.isEmpty() && channel.peerAllowedStreams(type) > 0) {
            create(type, queue.remove());
          }
        });
  }

  private void create(QuicStreamType type, CompletableFuture<QuicStream> opened) {
    channel
        .createStream(type, new Configure())
        .addListener(
            future -> {
              if (future.isSuccess()) {
                opened.complete(connection.opened((QuicStreamChannel) future.getNow()));
              } else {
                opened.completeExceptionally(
                    connection
                        .failure()
                        .orElseGet(() -> new TransportException("a stream could not be opened", future.cause())));
              }
            });
  }

  void end(TransportException failure) {
    waiting.values().forEach(
        queue -> {
          while (!queue.isEmpty()) {
            queue.remove().completeExceptionally(failure);
          }
        });
  }

  private static final class Configure extends ChannelInitializer<QuicStreamChannel> {
    @Override
    protected void initChannel(QuicStreamChannel stream) {
      QuicStream.configure(stream);
    }
  }
}
