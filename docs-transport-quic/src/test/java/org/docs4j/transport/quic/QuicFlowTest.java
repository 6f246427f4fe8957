package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.docs4j.api.crypto.Blake3;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuicFlowTest {
  private static final int BLOCK = 64 << 10;
  private static final int BLOCKS = 1024;
  private static final long MOST_UNREAD = 16 << 20;

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
    assertTrue(unread < 2 * MOST_UNREAD, () -> unread + " bytes were on their way at once");
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
}
