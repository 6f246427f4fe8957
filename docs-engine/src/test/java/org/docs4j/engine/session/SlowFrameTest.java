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
    for (int i = 0; !isClosed(connection) && i < 3600; i++) {
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
    assertTrue(lasted.compareTo(SessionProgress.IDLE_TIME) > 0, "it lasted " + lasted);
    assertTrue(lasted.compareTo(SessionProgress.IDLE_TIME.plusMinutes(1)) < 0, "it lasted " + lasted);
    assertInstanceOf(DocsTimeoutException.class, failure());
    assertLogged("the session about", "the peer made no progress in 6", " s");
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
    PostcardWriter value = new PostcardWriter();
    EntryCodec.writeSignedEntry(value, new SignedEntry(forged, entry.entry()));
    byte[] bytes = value.variant(2).toByteArray();
    ByteBuffer many = ByteBuffer.allocate(A_SECOND / bytes.length * bytes.length);
    while (many.hasRemaining()) {
      many.put(bytes);
    }
    PostcardWriter head = new PostcardWriter().variant(1).count(1).variant(1);
    EntryCodec.writeIdentifier(head, Range.ZERO);
    EntryCodec.writeIdentifier(head, Range.ZERO);
    assertGivenUp(drip(head.count(1_000_000).toByteArray(), i -> many.array()));
    assertTrue(rejected() > 50_000, () -> "rejected: " + rejected());
    assertEquals(0, node.accepted.stream().filter(r -> !r.succeeded()).mapToLong(SessionResult::received).sum());
  }
}
