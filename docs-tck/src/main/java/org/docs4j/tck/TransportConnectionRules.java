package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.Test;

/** Rules about connections and the opening of streams. */
abstract class TransportConnectionRules extends TransportStreamRules {
  private static final int AT_ONCE = 64;
  private static final int STREAMS = 400;
  private static final int TOO_MANY = 2000;
  private static final int EVERYTHING = 2 * TOO_MANY;
  private static final int MANY_WRITES = 5000;
  private static final int DEEP = 1000;
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(1);

  /** The intent: nobody waits for ever for a peer that is gone; everybody learns with which code it went. */
  @Test
  public void required_transport220_pendingStagesFailWhenTheConnectionEnds() {
    Pair pair = pair();
    StreamPair streams = streams(pair);
    StreamPair blocked = streams(pair);
    List<CompletionStage<?>> pending = new ArrayList<>();
    for (Connection side : pair.sides()) {
      pending.add(side.acceptBidi());
      pending.add(side.acceptUni());
    }
    pending.add(streams.here().receive().read(1));
    pending.add(streams.there().receive().read(1));
    pending.add(flood(blocked.here().send()).pending());
    pending.add(blocked.here().send().finish());
    pair.accepted().close(42, "enough");
    for (int i = 0; i < pending.size(); i++) {
      ConnectionClosedException failure =
          failure(ConnectionClosedException.class, "pending stage " + i + " of the connection", pending.get(i));
      assertEquals(42, failure.code(), "the close code in pending stage " + i);
    }
    for (Connection side : pair.sides()) {
      failure(ConnectionClosedException.class, "opening a stream later", side.openBidi());
      failure(ConnectionClosedException.class, "opening a one-way stream later", side.openUni());
      failure(ConnectionClosedException.class, "accepting a stream later", side.acceptBidi());
      failure(ConnectionClosedException.class, "accepting a one-way stream later", side.acceptUni());
    }
    failure(ConnectionClosedException.class, "a later read", streams.here().receive().read(1));
    failure(
        ConnectionClosedException.class, "a later write", streams.here().send().write(ByteBuffer.wrap(new byte[1])));
  }

  /** The intent: the same while streams are opened faster than they can be, and written and ended all at once. */
  @Test
  public void required_transport220_aConnectionCanBeClosedDuringEverything() {
    Pair pair = pair();
    List<CompletionStage<?>> all = new ArrayList<>();
    for (int i = 0; i < EVERYTHING; i++) {
      boolean odd = i % 2 == 1;
      CompletionStage<BidiStream> opening = pair.sides().get(i % 2).openBidi();
      all.add(opening.thenCompose(stream -> stream.send().write(ByteBuffer.wrap(pattern(500, 1)))));
      all.add(opening.thenCompose(stream -> stream.receive().read(10)));
      if (odd) {
        all.add(opening.thenCompose(stream -> stream.send().finish()));
      }
    }
    until("the first stream", () -> all.get(0).toCompletableFuture().isDone());
    pair.dialled().close(1, "");
    pair.accepted().close(2, "");
    for (CompletionStage<?> stage : all) {
      until("the end of every stage", stage.toCompletableFuture()::isDone);
      if (stage.toCompletableFuture().isCompletedExceptionally()) {
        failure("a stage that the end overtook", stage);
      }
    }
    for (Connection side : pair.sides()) {
      result("the end of the connection", side.closed());
    }
  }

  /** The intent: both sides open streams, and even an empty one is noticed. */
  @Test
  public void required_transport221_bothSidesOpenStreams() {
    Pair pair = pair();
    for (Connection side : pair.sides()) {
      Connection peer = side == pair.dialled() ? pair.accepted() : pair.dialled();
      assertUsable(side, peer);
      SendStream empty = result("opening a one-way stream", side.openUni());
      finish(empty);
      assertArrayEquals(
          new byte[0], readAll(result("accepting an empty stream", peer.acceptUni())), "what an empty stream holds");
    }
  }

  /** The intent: who serves streams one by one serves them as they were asked for. */
  @Test
  public void required_transport222_streamsAreAcceptedInTheOrderOfTheirOpening() {
    Pair pair = pair();
    List<CompletionStage<BidiStream>> early = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      early.add(pair.accepted().acceptBidi());
    }
    for (int i = 0; i < 20; i++) {
      write(result("opening a stream", pair.dialled().openBidi()).send(), new byte[] {(byte) i});
      write(result("opening a one-way stream", pair.dialled().openUni()), new byte[] {(byte) i});
    }
    for (int i = 0; i < 20; i++) {
      CompletionStage<BidiStream> stage = i < early.size() ? early.get(i) : pair.accepted().acceptBidi();
      BidiStream stream = result("accepting a stream", stage);
      assertEquals(i, read(stream.receive(), 1)[0], "the number of a stream in the order of acceptance");
      assertEquals(
          i, read(result("accepting a one-way stream", pair.accepted().acceptUni()), 1)[0],
          "the number of a one-way stream in the order of acceptance");
    }
  }

  /** The intent: applications tell each other why they part. */
  @Test
  public void required_transport223_thePeerIsToldCodeAndReason() {
    for (long code : new long[] {0, 5, maxCode()}) {
      Pair pair = pair();
      pair.dialled().close(code, "that was all");
      pair.dialled().close(77, "too late");
      CloseInfo seen = result("the end at the peer", pair.accepted().closed());
      assertEquals(code, seen.code(), "the code at the peer");
      assertEquals("that was all", seen.reason(), "the reason at the peer");
      pair.accepted().close(78, "too late as well");
      assertEquals(seen, result("the end at the peer, asked again", pair.accepted().closed()), "the first end decides");
    }
    Connection connection = pair().dialled();
    assertThrows(IllegalArgumentException.class, () -> connection.close(-1, ""), "a code below 0");
  }

  /** The intent: code that watches a connection sees whose doing its end was. */
  @Test
  public void required_transport224_bothSidesLearnWhoEndedIt() {
    Pair pair = pair();
    CompletionStage<CloseInfo> early = pair.accepted().closed();
    assertFalse(early.toCompletableFuture().isDone(), "closed() completes while the connection lives");
    pair.accepted().close(3, "done");
    assertEquals(new CloseInfo(CloseInfo.Kind.LOCAL, 3, "done"), result("the end here", early), "the end here");
    CloseInfo there = result("the end at the peer", pair.dialled().closed());
    assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 3, "done"), there, "the end at the peer");
  }

  /** The intent: many things go on at once in one connection without knowing of each other. */
  @Test
  public void required_transport225_hundredsOfStreamsDoNotMix() {
    Pair pair = pair();
    echo(pair.accepted());
    List<CompletionStage<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      if (i >= AT_ONCE) {
        assertAnswer(i - AT_ONCE, answers.get(i - AT_ONCE));
      }
      BidiStream stream = result("opening stream " + i, pair.dialled().openBidi());
      answers.add(Drain.of(stream.receive()));
      write(stream.send(), question(i));
      finish(stream.send());
    }
    for (int i = STREAMS - AT_ONCE; i < STREAMS; i++) {
      assertAnswer(i, answers.get(i));
    }
  }

  private void assertAnswer(int number, CompletionStage<byte[]> answer) {
    assertArrayEquals(question(number), result("the answer on stream " + number, answer), "stream " + number);
  }

  private static byte[] question(int number) {
    return pattern(100 + number * 3, number);
  }

  /** Sends on every stream back what came, one stream after the other being accepted. */
  private static void echo(Connection connection) {
    connection
        .acceptBidi()
        .thenAccept(
            stream -> {
              echo(connection);
              Drain.of(stream.receive())
                  .thenCompose(bytes -> stream.send().write(ByteBuffer.wrap(bytes)))
                  .thenCompose(written -> stream.send().finish());
            });
  }

  /** The intent: streams beyond what a peer lets open wait for others to end, and come then. */
  @Test
  public void required_transport225_aStreamTooManyWaits() {
    Pair pair = pair();
    List<CompletableFuture<SendStream>> waiting = new ArrayList<>();
    for (int i = 0; i < TOO_MANY; i++) {
      waiting.add(pair.dialled().openUni().toCompletableFuture());
    }
    for (int i = 0; i < TOO_MANY; i++) {
      SendStream stream = result("opening stream " + i + " of many", waiting.get(i));
      write(stream, new byte[] {(byte) i});
      finish(stream);
      byte[] seen = readAll(result("accepting stream " + i + " of many", pair.accepted().acceptUni()));
      assertArrayEquals(new byte[] {(byte) i}, seen, "what stream " + i + " holds");
    }
  }

  /** The intent: many things can be under way at once, each open until it is done. */
  @Test
  public void required_transport227_aThousandStreamsAreOpenAtOnce() {
    Pair pair = pair();
    List<SendStream> here = new ArrayList<>();
    List<ReceiveStream> there = new ArrayList<>();
    for (int i = 0; i < streamsAtOnce(); i++) {
      here.add(result("opening stream " + i + " while all others are open", pair.dialled().openUni()));
      write(here.get(i), new byte[] {(byte) i});
    }
    for (int i = 0; i < streamsAtOnce(); i++) {
      there.add(result("accepting stream " + i + " while all others are open", pair.accepted().acceptUni()));
      assertArrayEquals(new byte[] {(byte) i}, read(there.get(i), 1), "the first byte of stream " + i);
    }
    for (int i = streamsAtOnce() - 1; i >= 0; i--) {
      write(here.get(i), question(i));
      finish(here.get(i));
      assertArrayEquals(question(i), readAll(there.get(i)), "the rest of stream " + i);
    }
  }

  /** The intent: a peer that is gone is noticed by both sides, and what waits for it is freed. */
  @Test
  public void required_transport226_aSilentPeerTimesOut() {
    Endpoint one = bind("dialler");
    Endpoint two = bind("acceptor");
    Inbox inbox = new Inbox();
    two.accept(PROTOCOL, inbox);
    Detour detour = detour(one, two);
    Pair pair = new Pair(one, two, result("dialling", one.connect(detour.address(), PROTOCOL)), next(inbox));
    assertUsable(pair.dialled(), pair.accepted());
    List<CompletionStage<?>> pending = new ArrayList<>();
    for (Connection side : pair.sides()) {
      pending.add(side.acceptBidi());
      pending.add(result("opening a stream", side.openBidi()).receive().read(1));
    }
    detour.silence().run();
    for (Connection side : pair.sides()) {
      assertTrue(
          conditions().holdsWithin(SILENCE_LIMIT, side.closed().toCompletableFuture()::isDone),
          "a connection with a silent peer ends within a minute");
      assertEquals(
          CloseInfo.Kind.TIMED_OUT, result("the end", side.closed()).kind(), "how a connection with a silent peer ends");
    }
    pending.forEach(stage -> failure(ConnectionClosedException.class, "what waits for a silent peer", stage));
  }

  /** The intent: no peer, and no long queue, can make us run out of stack. */
  @Test
  public void required_transport250_completionsDoNotPileUpOnTheStack() {
    StreamPair streams = streams(pair());
    CompletionStage<byte[]> received = Drain.of(streams.there().receive());
    AtomicInteger deepest = new AtomicInteger();
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int i = 0; i < MANY_WRITES; i++) {
      byte[] piece = pattern(i % 500 == 0 ? PIECE : 1, i);
      writes.add(
          streams.here().send().write(ByteBuffer.wrap(piece)).whenComplete((done, failure) -> measure(deepest)));
    }
    writes.forEach(write -> result("one of many writes", write));
    result("the end of a stream", streams.here().send().finish().whenComplete((done, failure) -> measure(deepest)));
    int expected = MANY_WRITES + MANY_WRITES / 500 * (PIECE - 1);
    assertEquals(expected, result("all bytes", received).length, "how many bytes arrive");
    assertTrue(deepest.get() < DEEP, "completions came " + deepest + " calls deep");
  }

  private static void measure(AtomicInteger deepest) {
    int depth = StackWalker.getInstance().walk(frames -> (int) frames.limit(2 * DEEP).count());
    deepest.accumulateAndGet(depth, Math::max);
  }

  /** Whether an optional is there, for messages. */
  static void assertThere(Optional<?> value, String message) {
    assertTrue(value.isPresent(), message);
  }
}
