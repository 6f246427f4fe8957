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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.docs4j.api.TransportException;

/**
 * Opens streams, as many as the peer allows; the others wait in order. The library must not be asked for one too many:
 * it would leave out the number of that stream. How many the peer allows it looks up only when a packet arrives and the
 * last number was zero; so whoever begins to wait makes the peer send one, or would wait on an idle connection although
 * the permission has been here for long.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: who waits for a stream is told.
final class StreamOpener {
  /**
   * Who waits for a stream.
   *
   * @param opened takes a stream, or says that it is not wanted any more
   * @param refused is told why there is none
   * @param gone whether a stream is not wanted any more
   */
  private record Asker(Predicate<QuicStream> opened, Consumer<TransportException> refused, BooleanSupplier gone) {}

  private static final int MAX_WAITING = 4096;
  private static final long WAIT_SECONDS = 30;

  private final QuicConnection connection;
  private final QuicChannel channel;
  private final KeepAlive keepAlive;
  // Confined to the event loop.
  private final Map<QuicStreamType, ArrayDeque<Asker>> waiting = new EnumMap<>(QuicStreamType.class);

  StreamOpener(QuicConnection connection, QuicChannel channel, KeepAlive keepAlive) {
    this.connection = connection;
    this.channel = channel;
    this.keepAlive = keepAlive;
    for (QuicStreamType type : QuicStreamType.values()) {
      waiting.put(type, new ArrayDeque<>());
    }
  }

  <T> CompletableFuture<T> open(QuicStreamType type, Function<QuicStream, T> part) {
    CompletableFuture<T> opened = new CompletableFuture<>();
    Asker asker =
        new Asker(stream -> opened.complete(part.apply(stream)), opened::completeExceptionally, opened::isDone);
    connection.run(() -> openOrWait(type, asker), () -> connection.failure().ifPresent(asker.refused()));
    return opened;
  }

  private void openOrWait(QuicStreamType type, Asker asker) {
    if (connection.failure().isPresent()) {
      asker.refused().accept(connection.failure().get());
      return;
    }
    ArrayDeque<Asker> queue = waiting.get(type);
    if (queue.isEmpty() && channel.peerAllowedStreams(type) > 0) {
      create(type, asker);
    } else if (queue.size() >= MAX_WAITING) {
      asker.refused().accept(new TransportException("too many streams wait to be opened"));
    } else {
      if (queue.isEmpty()) {
        keepAlive.ask();
      }
      queue.add(asker);
      channel.eventLoop().schedule(() -> giveUp(queue, asker), WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static void giveUp(
      ArrayDeque<Asker> queue, Asker asker) {
    if (queue.removeIf(asker::equals)) {
      asker.refused().accept(
          new TransportException("the peer allowed no further stream within " + WAIT_SECONDS + " s"));
    }
  }

  void limitsChanged() {
    waiting.forEach(
        (type, queue) -> {
          queue.removeIf(asker -> asker.gone().getAsBoolean());
          while (!queue.isEmpty() && channel.peerAllowedStreams(type) > 0) {
            create(type, queue.remove());
          }
        });
  }

  private void create(QuicStreamType type, Asker asker) {
    if (!connection.places().hasRoom(true)) {
      int most = connection.mostStreams();
      asker.refused().accept(new TransportException("too many streams are open at this endpoint: " + most));
      return;
    }
    channel
        .createStream(type, new Configure())
        .addListener(
            future -> {
              if (future.isSuccess()) {
                QuicStream stream = connection.opened((QuicStreamChannel) future.getNow());
                if (!asker.opened().test(stream)) {
                  stream.giveUp();
                }
              } else {
                asker.refused().accept(
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
            queue.remove().refused().accept(failure);
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
