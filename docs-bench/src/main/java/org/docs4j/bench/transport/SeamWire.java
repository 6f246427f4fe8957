package org.docs4j.bench.transport;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.transport.quic.QuicTransportProvider;

/** Our transport, through its seam. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: who asked waits for the answer with a time-out.
final class SeamWire implements Wire {
  private static final Alpn PROTOCOL = new Alpn("docs4j-bench/1");
  private static final Map<String, String> OPTIONS =
      Map.of("max-connections", "4000", "max-connections-per-peer", "4000", "max-connections-per-network", "4000");
  private static final long SECONDS = 120;

  private final Environment environment = Environment.system();
  private final Endpoint endpoint;

  SeamWire() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    EndpointSecret secret = EndpointSecret.random(environment.random());
    endpoint = new QuicTransportProvider().bind(new EndpointConfig(secret, any, OPTIONS, environment));
    endpoint.accept(PROTOCOL, SeamWire::serve);
  }

  @Override
  public InetSocketAddress address() {
    return endpoint.addr().ipAddresses().get(0);
  }

  @Override
  public String identity() {
    return endpoint.id().toString();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private static void serve(Connection connection) {
    connection
        .acceptBidi()
        .thenAccept(
            stream -> {
              serve(connection);
              Answer answer = new Answer();
              readAll(stream.receive(), answer::arrived)
                  .thenCompose(end -> answer.answer())
                  .thenCompose(bytes -> end(stream.send(), bytes));
            });
  }

  private static CompletionStage<Void> end(SendStream stream, byte[] bytes) {
    return stream.write(ByteBuffer.wrap(bytes)).thenCombine(stream.finish(), (written, finished) -> null);
  }

  private static CompletableFuture<Void> readAll(ReceiveStream stream, Consumer<ByteBuffer> sink) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    pump(stream, sink, end);
    return end;
  }

  /** Goes on in a loop as long as reads complete at once. */
  private static void pump(
      ReceiveStream stream, Consumer<ByteBuffer> sink, CompletableFuture<Void> end) {
    while (!end.isDone()) {
      CompletableFuture<Optional<ByteBuffer>> read = stream.read(Payload.PIECE).toCompletableFuture();
      if (!read.isDone()) {
        read.whenComplete(
            (data, failure) -> {
              if (failure != null) {
                end.completeExceptionally(failure);
              } else {
                data.ifPresentOrElse(sink, () -> end.complete(null));
                pump(stream, sink, end);
              }
            });
        return;
      }
      read.join().ifPresentOrElse(sink, () -> end.complete(null));
    }
  }

  @Override
  public Link dial(String identity, InetSocketAddress address) throws Exception {
    EndpointAddr peer = EndpointAddr.of(EndpointId.parse(identity), List.of(address));
    return new SeamLink(await(endpoint.connect(peer, PROTOCOL)));
  }

  @Override
  public void close() {
    endpoint.close();
    environment.close();
  }

  private record SeamLink(Connection connection) implements Link {
    @Override
    public byte[] ask(byte[] question) throws Exception {
      BidiStream stream = await(connection.openBidi());
      end(stream.send(), question).toCompletableFuture().exceptionally(failure -> null);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      await(readAll(stream.receive(), data -> answer.writeBytes(Payload.copy(data))));
      return answer.toByteArray();
    }

    @Override
    public void send(int streams, long bytesEach) throws Exception {
      List<Sender> senders = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        senders.add(new Sender(await(connection.openBidi()), new Payload(bytesEach)));
      }
      int outstanding = Math.max(1, Payload.OUTSTANDING / streams);
      for (boolean more = true; more; ) {
        more = false;
        for (Sender sender : senders) {
          more |= sender.step(outstanding);
        }
      }
      for (Sender sender : senders) {
        sender.check(bytesEach);
      }
    }

    @Override
    public void close() {
      connection.close(0, "");
    }
  }

  /** Writes to one stream, so many pieces ahead of the transport. */
  private static final class Sender {
    private final BidiStream stream;
    private final Payload payload;
    private final ArrayDeque<CompletionStage<Void>> writes = new ArrayDeque<>();
    private CompletionStage<Void> finished = CompletableFuture.completedFuture(null);
    private Optional<ByteBuffer> next;

    private Sender(BidiStream stream, Payload payload) {
      this.stream = stream;
      this.payload = payload;
      this.next = payload.next();
    }

    private boolean step(int outstanding) throws Exception {
      if (next.isEmpty()) {
        return false;
      }
      if (writes.size() == outstanding) {
        await(writes.remove());
      }
      writes.add(stream.send().write(next.get()));
      next = payload.next();
      if (next.isEmpty()) {
        finished = stream.send().finish();
      }
      return next.isPresent();
    }

    private void check(long bytes) throws Exception {
      await(finished);
      ByteBuffer count = ByteBuffer.allocate(Long.BYTES);
      await(readAll(stream.receive(), count::put));
      Payload.check(count.flip().getLong(), bytes);
    }
  }
}
