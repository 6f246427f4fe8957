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
import org.docs4j.api.StreamResetException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.Test;

/** Rules about the two halves of a stream. */
abstract class TransportStreamRules extends TransportFixture {
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final int MEBIBYTE = 1 << 20;

  /** The intent: a stream is a sequence of bytes, whatever the sizes of writes and reads. */
  @Test
  public void required_transport230_bytesArriveInTheirOrder() {
    StreamPair streams = streams(pair());
    byte[] data = pattern(MEBIBYTE, 3);
    CompletionStage<byte[]> received = Drain.of(streams.there().receive());
    List<CompletionStage<Void>> writes = new ArrayList<>();
    int size = 0;
    for (int from = 0; from < data.length; from += size) {
      size = Math.min(data.length - from, 1 + (from * 7 + 13) % 5000);
      writes.add(streams.here().send().write(ByteBuffer.wrap(data, from, size)));
    }
    writes.add(streams.here().send().write(ByteBuffer.allocate(0)));
    writes.forEach(write -> result("a write, given before the last one had completed", write));
    finish(streams.here().send());
    assertArrayEquals(data, result("all bytes", received), "the bytes in the order of their writes");
  }

  /** The intent: of a buffer only the remaining bytes count, on the heap and off it. */
  @Test
  public void required_transport230_theRemainingBytesAreWritten() {
    StreamPair streams = streams(pair());
    ByteBuffer part = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
    result("writing part of a buffer", streams.here().send().write(part));
    ByteBuffer direct = ByteBuffer.allocateDirect(2).put((byte) 3).put((byte) 4).flip();
    result("writing a direct buffer", streams.here().send().write(direct));
    assertArrayEquals(new byte[] {1, 2, 3, 4}, read(streams.there().receive(), 4), "what remained of both buffers");
  }

  /** The intent: whoever waits for writes can neither flood a peer nor its own memory. */
  @Test
  public void required_transport231_aReaderThatDoesNotReadStopsTheWriter() {
    StreamPair streams = streams(pair());
    Flood flood = flood(streams.here().send());
    int pieces = flood.pieces();
    CompletionStage<Void> pending = flood.pending();
    assertFalse(pending.toCompletableFuture().isDone(), "a write waits while nobody reads");
    for (int i = 0; i <= pieces; i++) {
      assertArrayEquals(Flood.piece(i), read(streams.there().receive(), PIECE), "nothing of what was held back is lost");
    }
    result("the write that waited, once somebody reads,", pending);
    streams.here().send().reset(0);
  }

  /** The intent: one direction ends while the other goes on. */
  @Test
  public void required_transport232_eachDirectionEndsByItself() {
    StreamPair streams = streams(pair());
    assertOneWay(streams.here().send(), streams.there().receive());
    assertOneWay(streams.there().send(), streams.here().receive());
  }

  private void assertOneWay(SendStream from, ReceiveStream to) {
    CompletionStage<Void> write = from.write(ByteBuffer.wrap(pattern(PIECE, 1)));
    List<CompletionStage<Void>> ends = List.of(from.finish(), from.finish());
    assertArrayEquals(pattern(PIECE, 1), readAll(to), "all bytes written before the end of a direction");
    result("the write before the end", write);
    ends.forEach(end -> result("the end, asked for twice,", end));
  }

  /** The intent: an end that is not the regular one is told apart from it, with its code. */
  @Test
  public void required_transport233_aResetReachesTheReader() {
    for (long code : new long[] {0, 7, maxCode()}) {
      StreamPair streams = streams(pair());
      CompletionStage<Optional<ByteBuffer>> read = streams.there().receive().read(PIECE);
      streams.here().send().reset(code);
      streams.here().send().reset(99);
      StreamResetException first = failure(StreamResetException.class, "a read when the stream is reset", read);
      assertEquals(code, first.code(), "the code of the reset");
      failure(StreamResetException.class, "a later read", streams.there().receive().read(PIECE));
      write(streams.there().send(), new byte[] {5});
      assertArrayEquals(new byte[] {5}, read(streams.here().receive(), 1), "the other direction after a reset");
    }
  }

  /** The intent: a writer that waits for a reader can be freed, and what is cut off by that never looks complete. */
  @Test
  public void required_transport233_aResetEndsWritesThatWait() {
    StreamPair streams = streams(pair());
    Flood flood = flood(streams.here().send());
    streams.here().send().reset(3);
    CompletionStage<byte[]> all = Drain.of(streams.there().receive());
    assertEquals(3, failure(StreamResetException.class, "reading all of a stream that was reset", all).code(), "the code");
    failure("a write that waits when this side resets the stream", flood.pending());
  }

  /** The intent: bytes that can no longer arrive are not taken silently. */
  @Test
  public void required_transport234_nothingIsWrittenAfterTheEnd() {
    StreamPair streams = streams(pair());
    finish(streams.here().send());
    failure("a write after the end", streams.here().send().write(ByteBuffer.wrap(new byte[1])));
    streams.there().send().reset(1);
    failure("a write after a reset", streams.there().send().write(ByteBuffer.wrap(new byte[1])));
  }

  /** The intent: what a peer sends on however many streams costs a bounded amount of memory until it is asked for. */
  @Test
  public void required_transport240_whatNobodyReadsStopsTheSender() {
    Pair pair = pair();
    List<SendStream> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(streams(pair).here().send());
    }
    assertStop(streams);
  }

  /** The intent: the same for streams that nobody has accepted yet. */
  @Test
  public void required_transport240_whatNobodyAcceptsStopsTheSender() {
    Pair pair = pair();
    List<SendStream> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(result("opening a stream", pair.dialled().openBidi()).send());
    }
    assertStop(streams);
  }

  private void assertStop(List<SendStream> streams) {
    List<Flood> floods = streams.stream().map(stream -> new Flood(stream, maxBufferedBytes())).toList();
    awaitStandstill(floods);
    for (Flood flood : floods) {
      assertFalse(flood.pending().toCompletableFuture().isDone(), "a write waits while nobody reads any stream");
    }
  }

  /** The intent: a reader never gets more than it has room for, and may read on at the end without care. */
  @Test
  public void required_transport241_aReadGivesFromOneByteToMax() {
    StreamPair streams = streams(pair());
    CompletionStage<Void> write = streams.here().send().write(ByteBuffer.wrap(pattern(5000, 4)));
    CompletionStage<Void> end = streams.here().send().finish();
    ReceiveStream stream = streams.there().receive();
    ByteBuffer all = ByteBuffer.allocate(5000);
    for (int max = 1; all.hasRemaining(); max = max * 2 + 1) {
      ByteBuffer data = result("a read", stream.read(max)).orElseThrow();
      assertTrue(data.remaining() >= 1 && data.remaining() <= max, data.remaining() + " bytes for a read of " + max);
      assertTrue(data.hasArray(), "the buffer is on the heap");
      all.put(data);
    }
    assertArrayEquals(pattern(5000, 4), all.array(), "the bytes of all reads together");
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), result("a read at the end", stream.read(1)), "a read at the end");
    }
    result("the write", write);
    result("the end of a stream", end);
  }

  /** The intent: a reader that has enough frees its peer from sending the rest. */
  @Test
  public void required_transport242_aStopReachesTheWriter() {
    for (long code : new long[] {0, 7, maxCode()}) {
      StreamPair streams = streams(pair());
      Flood flood = flood(streams.here().send());
      streams.there().receive().stop(code);
      streams.there().receive().stop(99);
      StreamResetException seen =
          failure(StreamResetException.class, "a write when the peer stopped the stream", flood.pending());
      assertEquals(tellsStopCodes() ? code : -1, seen.code(), "the code of the stop");
      failure(
          StreamResetException.class, "a later write", streams.here().send().write(ByteBuffer.wrap(new byte[1])));
      failure("a read after the own stop", streams.there().receive().read(1));
      write(streams.there().send(), new byte[] {5});
      assertArrayEquals(new byte[] {5}, read(streams.here().receive(), 1), "the other direction after a stop");
    }
  }

  /** The intent: a mistake of the caller shows at once, and harms nobody else. */
  @Test
  public void required_transport243_oneReadAtATime() {
    StreamPair streams = streams(pair());
    ReceiveStream stream = streams.there().receive();
    assertThrows(IllegalArgumentException.class, () -> stream.read(0), "a read of nothing");
    CompletableFuture<Optional<ByteBuffer>> first = stream.read(10).toCompletableFuture();
    assertThrows(IllegalStateException.class, () -> stream.read(10), "a second read beside the first");
    write(streams.here().send(), new byte[] {8});
    assertEquals(8, result("the first read", first).orElseThrow().get(), "what the first read gives");
  }

  /** Writes to a stream until nothing goes any more. */
  final Flood flood(SendStream stream) {
    Flood flood = new Flood(stream, maxBufferedBytes());
    awaitStandstill(List.of(flood));
    return flood;
  }

  private void awaitStandstill(List<Flood> floods) {
    boolean moves;
    do {
      moves = moves(floods, bytes(floods));
      assertTrue(bytes(floods) < maxBufferedBytes(), bytes(floods) + " bytes were taken though nobody reads");
    } while (moves);
  }

  private boolean moves(List<Flood> floods, long before) {
    return conditions().holdsWithin(QUIET, () -> bytes(floods) != before);
  }

  private static long bytes(List<Flood> floods) {
    return floods.stream().mapToLong(Flood::bytes).sum();
  }

  /** Takes a byte across a connection. */
  final void assertUsable(Connection connection, Connection peer) {
    BidiStream stream = result("opening a stream", connection.openBidi());
    write(stream.send(), new byte[] {42});
    assertArrayEquals(
        new byte[] {42}, read(result("accepting a stream", peer.acceptBidi()).receive(), 1), "a byte across");
  }
}
