package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.readAll;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.StreamResetException;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuicStreamsTest {
  private final Nodes nodes = new Nodes();
  private Nodes.Pair pair;

  @BeforeEach
  void connect() throws Exception {
    pair = nodes.pair("bidi-streams=128", "uni-streams=128");
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void when_aRequestIsEchoed_then_bothDirectionsEndByThemselves() throws Exception {
    BidiStream near = await(pair.dialled().openBidi());
    await(near.send().write(text("hello ")));
    await(near.send().write(text("there")));
    await(near.send().finish());
    BidiStream far = await(pair.accepted().acceptBidi());
    assertEquals("hello there", readText(far.receive()));
    assertEquals(Optional.empty(), await(far.receive().read(1)), "and empty again");
    await(far.send().write(text("echo")));
    await(far.send().finish());
    assertEquals("echo", readText(near.receive()));
  }

  @Test
  void when_theAcceptingSideOpens_then_theDialledSideAccepts() throws Exception {
    SendStream send = await(pair.accepted().openUni());
    await(send.write(text("one way")));
    await(send.finish());
    assertEquals("one way", readText(await(pair.dialled().acceptUni())));
  }

  @Test
  void when_aStreamIsSilent_then_itIsAcceptedInItsTurn() throws Exception {
    BidiStream silent = await(pair.dialled().openBidi());
    BidiStream speaking = await(pair.dialled().openBidi());
    await(speaking.send().write(text("me")));
    await(speaking.send().finish());
    BidiStream first = await(pair.accepted().acceptBidi());
    BidiStream second = await(pair.accepted().acceptBidi());
    CompletionStage<Optional<ByteBuffer>> waiting = first.receive().read(10);
    CompletionStage<Void> early = first.send().write(text("early"));
    assertEquals("me", readText(second.receive()));
    await(silent.send().write(text("at last")));
    assertEquals(text("at last"), await(waiting).orElseThrow());
    await(early);
    assertEquals(text("early"), await(silent.receive().read(10)).orElseThrow());
  }

  @Test
  void when_streamsAreOpenedBeforeTheyAreUsed_then_permissionThatCameLongAgoIsNoticed() throws Exception {
    try (Nodes quiet = new Nodes()) {
      Nodes.Pair few = quiet.pair("bidi-streams=10", "keep-alive=0s");
      for (int round = 0; round < 6; round++) {
        List<BidiStream> opened = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          opened.add(await(few.dialled().openBidi()));
        }
        for (BidiStream near : opened) {
          await(near.send().finish());
          BidiStream far = await(few.accepted().acceptBidi());
          await(far.send().finish());
          assertEquals("", readText(near.receive()) + readText(far.receive()));
        }
      }
    }
  }

  @Test
  void when_anAskerForAStreamHasGone_then_theOthersGetTheirs() throws Exception {
    try (Nodes some = new Nodes()) {
      Nodes.Pair few = some.pair("bidi-streams=1");
      BidiStream only = await(few.dialled().openBidi());
      CompletionStage<BidiStream> gone = few.dialled().openBidi();
      CompletionStage<BidiStream> waiting = few.dialled().openBidi();
      assertTrue(gone.toCompletableFuture().cancel(false));
      await(only.send().finish());
      BidiStream far = await(few.accepted().acceptBidi());
      await(far.send().finish());
      assertEquals("", readText(only.receive()) + readText(far.receive()));
      await(await(waiting).send().write(text("mine")));
      assertEquals(text("mine"), await(await(few.accepted().acceptBidi()).receive().read(10)).orElseThrow());
    }
  }

  @Test
  void read_fewBytes_leavesTheRest() throws Exception {
    SendStream send = await(pair.dialled().openUni());
    await(send.write(text("abcdef")));
    await(send.finish());
    ReceiveStream receive = await(pair.accepted().acceptUni());
    assertEquals(text("a"), await(receive.read(1)).orElseThrow());
    assertEquals(text("bcd"), await(receive.read(3)).orElseThrow());
    assertEquals("ef", readText(receive));
    assertThrows(IllegalArgumentException.class, () -> receive.read(0));
  }

  @Test
  void read_whileAnotherWaits_isRefused() throws Exception {
    SendStream send = await(pair.dialled().openUni());
    await(send.write(text("x")));
    ReceiveStream receive = await(pair.accepted().acceptUni());
    await(receive.read(10));
    CompletionStage<Optional<ByteBuffer>> waiting = receive.read(10);
    assertThrows(IllegalStateException.class, () -> receive.read(10));
    await(send.write(text("y")));
    assertEquals(text("y"), await(waiting).orElseThrow());
  }

  @Test
  void write_anyKindOfBuffer_sendsItsRemainingBytes() throws Exception {
    SendStream send = await(pair.dialled().openUni());
    await(send.write(text("-heap").position(1)));
    await(send.write(text("readonly").asReadOnlyBuffer()));
    await(send.write(ByteBuffer.allocateDirect(6).put(text("direct")).flip()));
    await(send.write(ByteBuffer.allocateDirect(3).put(text("dro")).flip().asReadOnlyBuffer()));
    await(send.write(ByteBuffer.allocate(0)));
    await(send.write(text("__part__").slice(2, 4)));
    await(send.finish());
    assertEquals("heapreadonlydirectdropart", readText(await(pair.accepted().acceptUni())));
  }

  /** Longer ones are not copied, or in parts. */
  @Test
  void write_longBufferOfAnyKind_sendsItsRemainingBytes() throws Exception {
    byte[] bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    List<ByteBuffer> buffers =
        List.of(
            ByteBuffer.wrap(bytes), direct.duplicate(), direct.asReadOnlyBuffer(), ByteBuffer.wrap(bytes).position(9),
            direct.duplicate().position(7), direct.asReadOnlyBuffer().position(5), direct.slice(3, 100_000));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    SendStream send = await(pair.dialled().openUni());
    for (ByteBuffer buffer : buffers) {
      byte[] part = new byte[buffer.remaining()];
      buffer.duplicate().get(part);
      expected.writeBytes(part);
      send.write(buffer);
    }
    CompletionStage<Void> end = send.finish();
    assertArrayEquals(expected.toByteArray(), readAll(await(pair.accepted().acceptUni())));
    await(end);
  }

  @Test
  void write_withoutWaiting_keepsTheOrder() throws Exception {
    SendStream send = await(pair.dialled().openUni());
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      send.write(text(i + ","));
      expected.append(i).append(',');
    }
    CompletionStage<Void> end = send.finish();
    assertEquals(expected.toString(), readText(await(pair.accepted().acceptUni())));
    await(end);
    await(send.finish());
  }

  @Test
  void when_hundredStreamsRunAtOnce_then_allAreEchoed() throws Exception {
    List<BidiStream> near = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      near.add(await(pair.dialled().openBidi()));
    }
    for (int i = 0; i < near.size(); i++) {
      near.get(i).send().write(text("request " + i));
      near.get(i).send().finish();
    }
    for (int i = 0; i < near.size(); i++) {
      BidiStream far = await(pair.accepted().acceptBidi());
      far.send().write(text("reply to " + readText(far.receive())));
      far.send().finish();
    }
    for (int i = 0; i < near.size(); i++) {
      assertEquals("reply to request " + i, readText(near.get(i).receive()));
    }
  }

  @Test
  void when_moreStreamsAreOpenedThanThePeerAllows_then_theyWaitForTheirTurn() throws Exception {
    List<CompletionStage<SendStream>> opening = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      opening.add(pair.dialled().openUni());
    }
    for (int i = 0; i < opening.size(); i++) {
      SendStream send = await(opening.get(i));
      await(send.write(text("stream " + i)));
      await(send.finish());
      assertEquals("stream " + i, readText(await(pair.accepted().acceptUni())));
    }
  }

  @Test
  void reset_isSeenByTheReaderWithItsCode() throws Exception {
    BidiStream near = await(pair.dialled().openBidi());
    await(near.send().write(text("x")));
    BidiStream far = await(pair.accepted().acceptBidi());
    await(far.receive().read(1));
    CompletionStage<Optional<ByteBuffer>> waiting = far.receive().read(1);
    near.send().reset(77);
    near.send().reset(78);
    assertEquals(77, ((StreamResetException) failure(waiting)).code());
    assertEquals(77, ((StreamResetException) failure(far.receive().read(1))).code());
    assertTrue(failure(near.send().write(text("y"))) instanceof TransportException);
    // The other direction is not concerned.
    await(far.send().write(text("still here")));
    await(far.send().finish());
    assertEquals("still here", readText(near.receive()));
  }

  @Test
  void stop_failsTheWriter() throws Exception {
    BidiStream near = await(pair.dialled().openBidi());
    await(near.send().write(text("x")));
    BidiStream far = await(pair.accepted().acceptBidi());
    far.receive().stop(5);
    far.receive().stop(6);
    assertTrue(failure(far.receive().read(1)) instanceof TransportException);
    ByteBuffer block = ByteBuffer.allocate(1 << 20);
    Throwable stopped = null;
    while (stopped == null) {
      stopped = near.send().write(block.duplicate()).handle((done, failure) -> failure).toCompletableFuture().get();
    }
    assertTrue(stopped instanceof StreamResetException, stopped::toString);
    await(far.send().write(text("reply")));
    await(far.send().finish());
    assertEquals("reply", readText(near.receive()));
  }

  @Test
  void reset_codeAboveWhatTheLibraryCarries_isRefused() throws Exception {
    SendStream send = await(pair.dialled().openUni());
    assertThrows(IllegalArgumentException.class, () -> send.reset(-1));
    assertThrows(IllegalArgumentException.class, () -> send.reset(1L << 31));
    send.reset(Integer.MAX_VALUE);
  }
}
