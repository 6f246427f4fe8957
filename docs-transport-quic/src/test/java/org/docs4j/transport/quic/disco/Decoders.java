package org.docs4j.transport.quic.disco;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.model.EndpointId;
import org.docs4j.tck.DecoderList;
import org.docs4j.tck.sim.SimEnvironment;

/** The decoders of disco, see {@link DecoderList}. */
final class Decoders {
  private static final long SECOND = 1_000_000_000;
  private static final InetSocketAddress SOURCE = Recorded.loopback(7);
  private static final EndpointId PEER = Recorded.THEM.id();
  private static final DiscoBox BOX = new DiscoKey(Recorded.US).agree(PEER).orElseThrow();
  private static final Disco DISCO = disco();
  private static long now;

  private static final DecoderList ALL =
      DecoderList.of(
          List.of(),
          List.of(Decoders::message, Decoders::take, message -> take(sealed(message)), Decoders::handler));

  private Decoders() {}

  static void decode(byte[] input) {
    ALL.decode(input);
  }

  private static Disco disco() {
    Disco disco = new Disco(Recorded.US, new Random(1));
    // The recorded Pongs answer it.
    disco.ping(PEER, Recorded.number());
    return disco;
  }

  private static void message(byte[] bytes) {
    Optional<DiscoMessage> message = DiscoMessage.decode(bytes);
    message.ifPresent(
        read -> {
          Optional<DiscoMessage> again = DiscoMessage.decode(read.encode());
          if (!again.equals(message)) {
            throw new AssertionError(message + " is read again as " + again);
          }
        });
  }

  /** The datagram of a peer that has agreed on a box with us, and seals whatever it likes. */
  private static byte[] sealed(byte[] message) {
    byte[] sealed = BOX.seal(message, new Random(message.length));
    return ByteBuffer.allocate(Disco.MAGIC_BYTES + 32 + sealed.length)
        .putInt(Disco.MAGIC_INT)
        .putShort((short) Disco.MAGIC_SHORT)
        .put(PEER.toByteArray())
        .put(sealed)
        .array();
  }

  /** It is answered by less than came, or counted. */
  private static void take(byte[] datagram) {
    Disco.Counts before = DISCO.counts();
    now += SECOND;
    Optional<byte[]> answer = DISCO.take(ByteBuffer.wrap(datagram), SOURCE, now);
    Disco.Counts after = DISCO.counts();
    if (answer.isPresent() && answer.get().length >= datagram.length) {
      throw new AssertionError(answer.get().length + " bytes answer " + datagram.length);
    }
    long answered = after.answered() - before.answered();
    long dropped = after.malformed() + after.surplus() - before.malformed() - before.surplus();
    if (answered != (answer.isPresent() ? 1 : 0) || answered + dropped > 1) {
      throw new AssertionError("one datagram is counted as " + answered + " answered, " + dropped + " dropped");
    }
  }

  /** What a socket receives is taken or passed on, and goes nowhere else. */
  private static void handler(byte[] bytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new DiscoHandler(Recorded.US, SimEnvironment.create().environment("node")));
    DatagramPacket packet = new DatagramPacket(Unpooled.buffer().writeBytes(bytes), SOURCE, SOURCE);
    boolean passedOn = channel.writeInbound(packet);
    if (packet.refCnt() != (passedOn ? 1 : 0)) {
      throw new AssertionError("a datagram is held " + packet.refCnt() + " times");
    }
    channel.finishAndReleaseAll();
  }
}
