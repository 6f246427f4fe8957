package org.docs4j.transport.quic.disco;

import static org.docs4j.transport.quic.disco.Recorded.PINGS;
import static org.docs4j.transport.quic.disco.Recorded.PONGS;
import static org.docs4j.transport.quic.disco.Recorded.THEM;
import static org.docs4j.transport.quic.disco.Recorded.loopback;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.docs4j.tck.sim.SimEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoHandlerTest {
  private static final InetSocketAddress PEER = loopback(7);
  private static final InetSocketAddress SELF = loopback(8);

  private final DiscoHandler handler = new DiscoHandler(Recorded.US, SimEnvironment.create().environment("node"));
  private final EmbeddedChannel channel = new EmbeddedChannel(handler);

  @BeforeEach
  void stopTime() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static DatagramPacket packet(byte[] bytes) {
    return new DatagramPacket(Unpooled.copiedBuffer(bytes), SELF, PEER);
  }

  private void assertPingGoesOut() {
    DatagramPacket ping = channel.readOutbound();
    assertNotNull(ping);
    assertEquals(PEER, ping.recipient());
    assertEquals(PINGS.get(0).length, ping.content().readableBytes());
    assertEquals(Disco.MAGIC_INT, ping.content().getInt(0));
    ping.release();
  }

  private void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void read_ping_isAnsweredWhereItCameFromAndGoesNoFurther() {
    DatagramPacket ping = packet(PINGS.get(0));
    channel.writeInbound(ping);
    assertNull(channel.readInbound());
    assertEquals(0, ping.refCnt());
    DatagramPacket pong = channel.readOutbound();
    assertEquals(PEER, pong.recipient());
    assertEquals(PONGS.get(0).length, pong.content().readableBytes());
    pong.release();
  }

  @Test
  void read_malformedDisco_isDroppedInSilence() {
    DatagramPacket packet = packet(Arrays.copyOf(PINGS.get(0), 50));
    channel.writeInbound(packet);
    assertNull(channel.readInbound());
    assertNull(channel.readOutbound());
    assertEquals(0, packet.refCnt());
  }

  @Test
  void read_otherDatagrams_goOn() {
    byte[] nearly = PINGS.get(0).clone();
    nearly[5]++;
    for (byte[] bytes : new byte[][] {nearly, {}, {0x54}, {0x54, 0x53, (byte) 0xf0, (byte) 0x9f, (byte) 0x92}}) {
      DatagramPacket packet = packet(bytes);
      channel.writeInbound(packet);
      assertSame(packet, channel.readInbound());
      assertEquals(1, packet.refCnt());
      packet.release();
    }
  }

  @Test
  void dial_unknownPeer_sendsOnePingBefore() {
    handler.beforeDial(THEM.id(), PEER);
    assertPingGoesOut();
    handler.whileDialling(THEM.id(), PEER, () -> false);
    pass(10_000);
    assertNull(channel.readOutbound());
  }

  @Test
  void dial_peerThatDidWithout_sendsPingOnlyIfItDoesNotAnswer() {
    handler.met(THEM.id());
    handler.beforeDial(THEM.id(), PEER);
    handler.whileDialling(THEM.id(), PEER, () -> true);
    pass(10_000);
    assertNull(channel.readOutbound());
    handler.whileDialling(THEM.id(), PEER, () -> false);
    pass(499);
    assertNull(channel.readOutbound());
    pass(1);
    assertPingGoesOut();
  }
}
