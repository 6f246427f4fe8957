package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.init;
import static org.docs4j.engine.session.HostilePeer.isClosed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Range;
import org.junit.jupiter.api.Test;

/** One frame that comes a little faster than the slowest one that is taken, for hours. */
class SlowFrameTest extends HostileSessions {
  private static final int A_SECOND = 40 << 10;
  private static final long LENGTH = 1L << 30;

  /** How long a session lasts whose peer sends this every second, in a frame that has such a beginning. */
  private Duration drip(byte[] beginning, IntFunction<byte[]> second) {
    Connection connection = peer.connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    write(stream, init(differing(Range.all(Range.ZERO))));
    write(stream, ByteBuffer.allocate(Integer.BYTES).putInt((int) LENGTH).array());
    write(stream, beginning);
    long begun = environment.ticker().nanos();
    for (int i = 0; !isClosed(connection) && i < 3 * 3600; i++) {
      write(stream, second.apply(i));
      sim.run(Duration.ofSeconds(1));
    }
    return environment.ticker().since(begun);
  }

  private void write(BidiStream stream, byte[] bytes) {
    stream.send().write(ByteBuffer.wrap(bytes));
    sim.run(Duration.ZERO);
  }

  private void assertGivenUp(Duration lasted) {
    assertGivenUp(lasted, SessionProgress.IDLE_TIME);
    assertLogged("the session about", "the peer made no progress in 6", " s");
  }

  private void assertGivenUp(Duration lasted, Duration limit) {
    assertTrue(lasted.compareTo(limit) > 0, "it lasted " + lasted);
    assertTrue(lasted.compareTo(limit.plusMinutes(1)) < 0, "it lasted " + lasted);
    assertInstanceOf(DocsTimeoutException.class, failure());
    assertLogged("the session about", "the peer made no progress in ", " s");
  }

  /** So many bytes of the same value. */
  private static byte[] repeated(SignedEntry entry) {
    PostcardWriter value = new PostcardWriter();
    EntryCodec.writeSignedEntry(value, entry);
    byte[] bytes = value.variant(2).toByteArray();
    ByteBuffer many = ByteBuffer.allocate(A_SECOND / bytes.length * bytes.length);
    while (many.hasRemaining()) {
      many.put(bytes);
    }
    return many.array();
  }

  /** The beginning of a message of one part with very many entries. */
  private static byte[] manyEntries() {
    PostcardWriter head = new PostcardWriter().variant(1).count(1).variant(1);
    EntryCodec.writeIdentifier(head, Range.ZERO);
    EntryCodec.writeIdentifier(head, Range.ZERO);
    return head.count(1_000_000).toByteArray();
  }

  @Test
  void when_bytesDripBehindAMessage_then_theSessionEndsInTime() {
    byte[] none = new PostcardWriter().variant(1).count(0).toByteArray();
    assertGivenUp(drip(none, i -> new byte[A_SECOND]));
  }

  @Test
  void when_forgedEntriesDrip_then_theSessionEndsInTime() {
    byte[] most = new byte[64];
    Arrays.fill(most, (byte) 0xff);
    EntrySignature forged = new EntrySignature(Signature.of(most), Signature.of(most));
    SignedEntry entry = signed("k".repeat(200), new Record(1, CONTENT, now()));
    byte[] many = repeated(new SignedEntry(forged, entry.entry()));
    assertGivenUp(drip(manyEntries(), i -> many));
    assertTrue(rejected() > 50_000, () -> "rejected: " + rejected());
    assertEquals(0, node.accepted.stream().filter(r -> !r.succeeded()).mapToLong(SessionResult::received).sum());
  }

  /** Each earns time, but not more than what the document could need. */
  @Test
  void when_oneEntryIsRepeated_then_theSessionEndsInTime() {
    node.await(others);
    byte[] many = repeated(signed("k".repeat(10_000), new Record(1, CONTENT, now())));
    assertGivenUp(drip(manyEntries(), i -> many), SessionProgress.IDLE_TIME.plus(SessionProgress.MOVING_TIME));
    assertEquals(0, rejected());
  }
}
