package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuicHostileTest {
  private static final long SEED = 20260701;

  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void when_garbageComesIn_thenTheOthersAreServed() throws Exception {
    Endpoint server = nodes.bind();
    Nodes.Pair before = Nodes.connect(nodes.bind(), server);
    Random random = new Random(SEED);
    try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
      InetSocketAddress target = server.addr().ipAddresses().get(0);
      for (int i = 0; i < 2000; i++) {
        byte[] bytes = garbage(random, i);
        socket.send(new DatagramPacket(bytes, bytes.length, target));
        if (i % 50 == 0) {
          assertServed(before);
        }
      }
    }
    assertServed(before);
    assertServed(Nodes.connect(nodes.bind(), server));
  }

  /** There and back again. */
  private static void assertServed(Nodes.Pair pair) throws Exception {
    for (Connection from : List.of(pair.dialled(), pair.accepted())) {
      Connection to = from == pair.dialled() ? pair.accepted() : pair.dialled();
      SendStream send = await(from.openUni());
      await(send.write(text("hi")));
      await(send.finish());
      assertEquals("hi", readText(await(to.acceptUni())));
    }
  }

  /** Random bytes, every second time behind something that looks like the head of a first packet (RFC 9000, 17.2.2). */
  private static byte[] garbage(Random random, int number) {
    byte[] bytes = new byte[random.nextInt(number % 4 == 0 ? 30 : 1400)];
    random.nextBytes(bytes);
    if (number % 2 == 0 && bytes.length > 7) {
      ByteBuffer.wrap(bytes).put((byte) 0xc3).putInt(number % 8 == 0 ? 7 : 1).put((byte) (number % 30));
    }
    return bytes;
  }

  @Test
  void when_aPeerGivesUpTooManyStreams_then_itsConnectionEnds() throws Exception {
    Nodes.Pair pair = nodes.pair();
    CompletionStage<CloseInfo> end = pair.accepted().closed();
    for (int i = 0; i < QuicConnection.MAX_ABANDONED; i++) {
      SendStream send = await(pair.dialled().openUni());
      send.reset(i);
      ReceiveStream receive = await(pair.accepted().acceptUni());
      failure(receive.read(1));
    }
    assertEquals(new CloseInfo(CloseInfo.Kind.LOCAL, 0, "too many streams were given up"), await(end));
  }

  @Test
  void when_aHandshakeIsNeverFinished_then_itsPlaceIsFreed() throws Exception {
    Endpoint server = nodes.bind("max-handshakes=1", "connect-timeout=500ms");
    server.accept(ECHO, connection -> {});
    try (DatagramSocket between = new DatagramSocket(loopback(0))) {
      InetSocketAddress detour = (InetSocketAddress) between.getLocalSocketAddress();
      CompletionStage<Connection> stuck =
          nodes.bind("connect-timeout=500ms", "disco=off").connect(EndpointAddr.of(server.id(), List.of(detour)), ECHO);
      DatagramPacket first = new DatagramPacket(new byte[1500], 1500);
      between.receive(first);
      first.setSocketAddress(server.addr().ipAddresses().get(0));
      between.send(first);
      assertEquals(server.id(), await(nodes.bind().connect(server.addr(), ECHO)).remoteId());
      failure(stuck);
    }
  }
}
