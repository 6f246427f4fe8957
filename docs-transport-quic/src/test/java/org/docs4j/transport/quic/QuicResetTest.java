package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reset whose first packets are lost is still no regular end: content that was cut off must not look complete. */
class QuicResetTest {
  private static final int TIMES = 20;
  private static final int STREAMS = 30;
  private static final byte MINE = 0;
  private static final byte NOT_MINE = 1;

  private final Nodes nodes = new Nodes();
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private UdpRelay relay;
  private Connection here;
  private Connection there;

  @BeforeEach
  void connect() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, accepted::add);
    relay = UdpRelay.to(server.addr().ipAddresses().get(0), UdpRelay.fair());
    here = await(nodes.bind().connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
    there = take(accepted);
  }

  @AfterEach
  void close() throws Exception {
    nodes.close();
    relay.close();
  }

  /** From now on so many datagrams are lost on their way to the server. */
  private void lose(int datagrams) {
    AtomicInteger left = new AtomicInteger(datagrams);
    relay.set(
        (toServer, datagram, network) -> {
          if (!toServer || left.getAndDecrement() <= 0) {
            network.deliver(datagram, 0);
          }
        });
  }

  @Test
  void when_theFirstPacketsOfAResetAreLost_then_oneWayStreamsAreReset() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      SendStream send = await(here.openUni());
      await(send.write(text("part")));
      ReceiveStream receive = await(there.acceptUni());
      assertEquals(4, await(receive.read(10)).orElseThrow().remaining());
      lose(i % 3);
      send.reset(i);
      assertReset(i, receive);
    }
  }

  @Test
  void when_theFirstPacketsOfAResetAreLost_then_bothWaysEachEndAsTheyDo() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      BidiStream stream = await(here.openBidi());
      await(stream.send().write(text("part")));
      BidiStream other = await(there.acceptBidi());
      assertEquals(4, await(other.receive().read(10)).orElseThrow().remaining());
      await(other.send().finish());
      assertEquals(Optional.empty(), await(stream.receive().read(10)));
      lose(i % 3);
      stream.send().reset(i);
      assertReset(i, other.receive());
    }
  }

  @Test
  void when_aStreamIsResetWhileItsEndWaits_then_itIsReset() throws Exception {
    for (int i = 0; i < TIMES; i++) {
      SendStream send = await(here.openUni());
      await(send.write(text("part")));
      ReceiveStream receive = await(there.acceptUni());
      assertEquals(4, await(receive.read(10)).orElseThrow().remaining());
      CompletionStage<Void> waiting = send.write(ByteBuffer.allocate(4 << 20));
      send.finish();
      lose(i % 3);
      send.reset(i);
      failure(waiting);
      assertReset(i, receive);
    }
  }

  /** The buffer belongs to the writer again when the write has failed, although the library had not taken all of it. */
  @Test
  void when_aStreamIsResetWhileALongWriteWaits_then_nothingMoreOfItsBufferIsSent() throws Exception {
    ByteBuffer buffer = ByteBuffer.allocateDirect(2 << 20);
    for (int i = 0; i < TIMES; i++) {
      fill(buffer, MINE);
      SendStream send = await(here.openUni());
      CompletionStage<Void> waiting = send.write(buffer.duplicate());
      ReceiveStream receive = await(there.acceptUni());
      assertEquals(1, await(receive.read(1)).orElseThrow().remaining());
      send.reset(i);
      failure(waiting);
      fill(buffer, NOT_MINE);
      assertReset(i, receive);
    }
  }

  private static void fill(ByteBuffer buffer, byte value) {
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, value);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void when_manyStreamsAreResetInBadWeather_then_noneEndsInOrder(long seed) throws Exception {
    List<SendStream> sends = new ArrayList<>();
    List<CompletableFuture<Optional<StreamResetException>>> ends = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      sends.add(await(here.openUni()));
      await(sends.get(i).write(text("part")));
      ends.add(end(await(there.acceptUni())));
    }
    relay.set(UdpRelay.weather(seed, 0.05, 0.05, 0.10, 0.01));
    sends.forEach(send -> send.write(ByteBuffer.allocate(1 << 20)));
    for (int i = 0; i < STREAMS; i++) {
      sends.get(i).reset(i);
    }
    for (int i = 0; i < STREAMS; i++) {
      assertEquals(Optional.of(i), await(ends.get(i)).map(end -> (int) end.code()), "how stream " + i + " ends");
    }
  }

  /** Reads a stream to its end; empty if that is in order. */
  private static CompletableFuture<Optional<StreamResetException>> end(ReceiveStream stream) {
    CompletableFuture<Optional<StreamResetException>> end = new CompletableFuture<>();
    readOn(stream, end);
    return end;
  }

  private static void readOn(ReceiveStream stream, CompletableFuture<Optional<StreamResetException>> end) {
    stream
        .read(1 << 16)
        .whenComplete(
            (data, failure) -> {
              if (failure instanceof StreamResetException reset) {
                end.complete(Optional.of(reset));
              } else if (failure != null) {
                end.completeExceptionally(failure);
              } else if (data.isEmpty()) {
                end.complete(Optional.empty());
              } else if (contains(data.get(), NOT_MINE)) {
                end.completeExceptionally(new AssertionError("bytes that were never written"));
              } else {
                ForkJoinPool.commonPool().execute(() -> readOn(stream, end));
              }
            });
  }

  private static boolean contains(ByteBuffer data, byte value) {
    while (data.hasRemaining()) {
      if (data.get() == value) {
        return true;
      }
    }
    return false;
  }

  /** As many as -Ddocs.weather.seeds says, 1 unless told. */
  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("docs.weather.seeds", 1));
  }

  private static void assertReset(int code, ReceiveStream receive) throws Exception {
    assertEquals(Optional.of(code), await(end(receive)).map(end -> (int) end.code()), "how the stream ends");
  }
}
