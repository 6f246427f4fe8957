package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.init;
import static org.docs4j.engine.session.HostilePeer.isClosed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.Heap;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.api.Test;

/** What sessions keep: of a message until it is answered, and no message of those before. */
class SessionMemoryTest extends HostileSessions {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long MOST_HEAP = 16L << 20;

  private void write(Connection connection, BidiStream stream, byte[] bytes) {
    CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(bytes)).toCompletableFuture();
    sim.runUntil(() -> written.isDone() || isClosed(connection), LIMIT);
  }

  /** Reads one frame and keeps nothing of it; returns its length. */
  private long readFrame(BidiStream stream) {
    long left = Integer.BYTES;
    long length = 0;
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
    while (left > 0) {
      CompletableFuture<Optional<ByteBuffer>> read =
          stream.receive().read((int) Math.min(left, 1 << 16)).toCompletableFuture();
      sim.runUntil(read::isDone, LIMIT);
      ByteBuffer bytes = read.join().orElseThrow();
      left -= bytes.remaining();
      if (head.hasRemaining()) {
        head.put(bytes);
        if (!head.hasRemaining()) {
          length = head.getInt(0);
          left = length;
        }
      }
    }
    return length;
  }

  /** Each answer is as long as answers get; the peer keeps none, so nobody does. */
  @Test
  void when_aSessionHasManyMessages_then_noneIsKeptThatWasAnswered() {
    for (int i = 0; i < 2; i++) {
      node.set(AUTHOR, i + "k".repeat(400_000), "x");
    }
    Part everything = new Part.RangeItem(Range.all(Range.ZERO), List.of(), false);
    Connection connection = peer.connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    long before = 0;
    for (int i = 0; i < 80; i++) {
      write(connection, stream, i == 0 ? init(everything) : sync(everything));
      assertTrue(readFrame(stream) > 800_000);
      before = i == 10 ? Heap.used() : before;
    }
    long more = Heap.used() - before;
    assertTrue(more < MOST_HEAP, () -> (more >> 20) + " MiB more after 70 messages");
    connection.close(0, "");
    assertEquals(0, rejected());
  }

  /** Nobody has decided yet whether they may sync anything. */
  @Test
  void when_manyHoldBackTheEndOfTheirFirstMessage_then_theyShareLittleMemory() {
    Part.Value value = new Part.Value(signed("k", new Record(1, CONTENT, now())), ContentStatus.MISSING);
    byte[] first = init(new Part.RangeItem(Range.all(Range.ZERO), Collections.nCopies(12_000, value), true));
    List<Connection> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Connection connection = peer.connect();
      write(
          connection,
          node.await(connection.openBidi().toCompletableFuture()),
          ByteBuffer.wrap(new byte[first.length - 1]).put(first, 0, first.length - 1).array());
      held.add(connection);
    }
    sim.run(Duration.ofSeconds(1));
    long open = held.stream().filter(connection -> !isClosed(connection)).count();
    assertTrue(open >= 2 && open <= 8, () -> open + " of 20 are held");
    assertLogged("dropped a session of", "take too much memory");
    held.forEach(connection -> connection.close(0, ""));
    sim.run(Duration.ofSeconds(1));
  }

  /** A message that breaks off just before the end of a long key, of an entry or of a range. */
  private static byte[] withoutTheEndOfAKey(boolean entry) {
    PostcardWriter out = new PostcardWriter().variant(entry ? 0 : 1);
    if (entry) {
      out.bytes32(Entries.NAMESPACE.id().bytes()).count(1).variant(1).byteString(new byte[64]).byteString(new byte[64]);
      out.count(1).fixed(new byte[128]).byteString(new byte[64 + Key.MAX_BYTES]);
    } else {
      out.count(1).variant(0).byteString(new byte[64 + Key.MAX_BYTES]).byteString(new byte[64 + 1000]);
    }
    byte[] body = out.toByteArray();
    return ByteBuffer.allocate(Integer.BYTES + body.length - 1).putInt(body.length + 200).put(body, 0, body.length - 1).array();
  }

  /** In the first message, and in a later one. */
  @Test
  void when_allPlacesHoldBackTheEndOfAnElement_then_theyShareLittleMemory() {
    node.await(others);
    sim.run(Duration.ofSeconds(10));
    Part differing = differing(Range.all(Range.ZERO));
    for (boolean first : new boolean[] {true, false}) {
      List<Connection> held = new ArrayList<>();
      for (int i = 0; i < Sessions.MAX_INCOMING; i += Sessions.MAX_OF_A_PEER) {
        HostilePeer one = new HostilePeer(sim, network, environment, node);
        for (int j = 0; j < Sessions.MAX_OF_A_PEER; j++) {
          Connection connection = one.connect();
          BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
          if (!first) {
            write(connection, stream, init(differing));
          }
          write(connection, stream, withoutTheEndOfAKey(first));
          held.add(connection);
        }
      }
      sim.run(Duration.ofSeconds(1));
      long open = held.stream().filter(connection -> !isClosed(connection)).count();
      assertTrue(open >= 20 && open <= 60, () -> open + " of 128 are held");
      assertLogged(first ? "take too much memory" : "too little memory for sessions");
      held.forEach(connection -> connection.close(0, ""));
      sim.run(Duration.ofSeconds(10));
    }
  }
}
