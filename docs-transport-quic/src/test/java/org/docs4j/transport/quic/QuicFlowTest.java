package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuicFlowTest {
  private static final int BLOCK = 64 << 10;
  private static final int BLOCKS = 1024;
  /** Twice the window of a stream: what the peer holds, and what waits here. */
  private static final long MOST_UNREAD = 2 * (512 << 10);

  /** As far as the window may grow for a reader that keeps up, and the same. */
  private static final long MOST_ON_THE_WAY = (24 << 20) + MOST_UNREAD;

  private static final int DATAGRAM = 1452;
  // Fits into the first congestion window.
  private static final int TOGETHER = 10_000;

  private final Nodes nodes = new Nodes();
  private final AtomicLong taken = new AtomicLong();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void when_theReaderIsSlow_then_theSenderWaits() throws Exception {
    Nodes.Pair pair = nodes.pair();
    SendStream send = await(pair.dialled().openUni());
    Blake3 sent = Blake3.create();
    CompletionStage<Void> sending = sendAll(send, sent, 0);
    ReceiveStream receive = await(pair.accepted().acceptUni());
    untilStable();
    assertTrue(taken.get() < MOST_UNREAD, () -> taken + " bytes were taken although nobody reads");

    Blake3 received = Blake3.create();
    long read = 0;
    long most = 0;
    for (Optional<ByteBuffer> part = await(receive.read(BLOCK)); part.isPresent(); part = await(receive.read(BLOCK))) {
      read += part.get().remaining();
      received.update(part.get());
      most = Math.max(most, taken.get() - read);
    }
    await(sending);
    assertEquals((long) BLOCK * BLOCKS, read);
    assertEquals(ByteBuffer.wrap(sent.digest()), ByteBuffer.wrap(received.digest()));
    long unread = most;
    assertTrue(unread < MOST_ON_THE_WAY, () -> unread + " bytes were on their way at once");
  }

  /** Sends from the completions of its own writes, as a pump does. */
  private CompletionStage<Void> sendAll(SendStream send, Blake3 hash, int done) {
    if (done == BLOCKS) {
      return send.finish();
    }
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    while (block.hasRemaining()) {
      block.putInt(done * 31 + block.position());
    }
    block.flip();
    hash.update(block.duplicate());
    return send.write(block)
        .thenCompose(
            written -> {
              taken.addAndGet(BLOCK);
              return sendAll(send, hash, done + 1);
            });
  }

  private void untilStable() throws Exception {
    long[] last = {-1, 0};
    Nodes.until(
        () -> {
          last[1] = taken.get() == last[0] ? last[1] + 1 : 0;
          last[0] = taken.get();
          return last[1] == 150;
        });
  }

  @Test
  void when_oneReaderIsStuck_then_otherStreamsGoOn() throws Exception {
    Nodes.Pair pair = nodes.pair();
    SendStream stuck = await(pair.dialled().openUni());
    CompletableFuture<Void> unread = stuck.write(ByteBuffer.allocate(400 << 10)).toCompletableFuture();
    SendStream other = await(pair.dialled().openUni());
    await(other.write(Nodes.text("on time")));
    await(other.finish());
    await(pair.accepted().acceptUni());
    assertEquals("on time", Nodes.readText(await(pair.accepted().acceptUni())));
    await(unread);
  }

  /** The event loop of the server is held up until so much has come that it cannot be one datagram. */
  @Test
  void when_datagramsComeTogether_then_whoWaitsIsGivenTheirBytesTogether() throws Exception {
    Endpoint server = nodes.bind();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(Nodes.ECHO, accepted::add);
    AtomicLong delivered = new AtomicLong();
    UdpRelay.Fate counting =
        (toServer, datagram, network) -> {
          network.deliver(datagram, 0);
          delivered.addAndGet(toServer ? datagram.length : 0);
        };
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), counting)) {
      Connection dialled =
          await(nodes.bind().connect(EndpointAddr.of(server.id(), List.of(relay.address())), Nodes.ECHO));
      Connection there = Nodes.take(accepted);
      SendStream send = await(dialled.openUni());
      await(send.write(Nodes.text("first")));
      ReceiveStream receive = await(there.acceptUni());
      assertEquals(5, await(receive.read(BLOCK)).orElseThrow().remaining());
      CompletableFuture<Optional<ByteBuffer>> waiting = receive.read(BLOCK).toCompletableFuture();

      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      CompletableFuture<Void> holding = there.acceptUni().thenAccept(stream -> hold(held, goOn)).toCompletableFuture();
      assertFalse(holding.isDone());
      await(await(dialled.openUni()).write(Nodes.text("hold")));
      assertTrue(held.await(20, TimeUnit.SECONDS));
      long before = delivered.get();
      await(send.write(ByteBuffer.allocate(TOGETHER)));
      Nodes.until(() -> delivered.get() > before + TOGETHER);
      goOn.countDown();
      int given = await(waiting).orElseThrow().remaining();
      assertTrue(given > 2 * DATAGRAM, () -> "only " + given + " bytes");
      await(holding);
    }
  }

  private static void hold(CountDownLatch held, CountDownLatch goOn) {
    held.countDown();
    try {
      assertTrue(goOn.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
