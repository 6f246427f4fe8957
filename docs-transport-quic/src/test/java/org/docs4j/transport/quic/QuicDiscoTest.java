package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disco on the socket of an endpoint. */
class QuicDiscoTest {
  private static final String MAGIC = "5453f09f92ac";

  /** What a node of iroh 0.35.0 sent to an endpoint whose secret is 32 bytes of 0x11. */
  private static final String PING =
      MAGIC + "a09aa5f47a6759802ff955f8dc2d2a14a5c99d23be97f864127ff9383455a4f07b22ab1a97caa460ea57d6bd338d97bae13c54b0"
          + "f59d29e8b515c9e281d1f26ad21fe1c250897150725ba8606aa498a85c1514c43c04b3d82eaeefdce6d3f1687ef68b53b4d84cc60b"
          + "0574c4504d37f45e564b47d076";

  private final Nodes nodes = new Nodes();
  private DatagramSocket socket;

  @BeforeEach
  void open() throws IOException {
    socket = new DatagramSocket(loopback(0));
    socket.setSoTimeout(10_000);
  }

  @AfterEach
  void close() {
    socket.close();
    nodes.close();
  }

  private byte[] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static boolean isDisco(byte[] datagram) {
    return HexFormat.of().formatHex(datagram).startsWith(MAGIC);
  }

  private CompletionStage<Connection> dialSocket(String... options) {
    EndpointAddr silent =
        EndpointAddr.of(
            EndpointSecret.random(nodes.environment().random()).id(), List.of((InetSocketAddress) socket.getLocalSocketAddress()));
    return nodes.bind(options).connect(silent, ECHO);
  }

  @Test
  void when_aPeerIsDialled_then_onePingGoesAheadOfTheHandshake() throws Exception {
    CompletionStage<Connection> dialling = dialSocket("connect-timeout=500ms");
    byte[] ping = receive();
    assertTrue(isDisco(ping));
    assertEquals(124, ping.length);
    assertFalse(isDisco(receive()));
    failure(dialling);
  }

  @Test
  void when_discoIsOff_then_theHandshakeComesFirst() throws Exception {
    CompletionStage<Connection> dialling = dialSocket("connect-timeout=500ms", "disco=off");
    assertFalse(isDisco(receive()));
    failure(dialling);
  }

  @Test
  void when_aPeerOfThisTransportWasMet_then_itIsSentNoMorePings() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, connection -> {});
    AtomicInteger pings = new AtomicInteger();
    AtomicInteger pongs = new AtomicInteger();
    UdpRelay.Fate counted =
        (toServer, datagram, network) -> {
          if (isDisco(datagram)) {
            (toServer ? pings : pongs).incrementAndGet();
          }
          network.deliver(datagram, 0);
        };
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), counted)) {
      Endpoint client = nodes.bind();
      for (int i = 0; i < 3; i++) {
        await(client.connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
      }
    }
    assertEquals(1, pings.get());
    assertEquals(0, pongs.get());
  }

  private Endpoint sendPing(String... options) throws IOException {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 0x11);
    Endpoint node = nodes.bind(EndpointSecret.of(seed), loopback(0), options);
    byte[] ping = HexFormat.of().parseHex(PING);
    socket.send(new DatagramPacket(ping, ping.length, node.addr().ipAddresses().get(0)));
    return node;
  }

  @Test
  void when_aRealNodesPingComes_then_itIsAnswered() throws Exception {
    sendPing();
    byte[] pong = receive();
    assertTrue(isDisco(pong));
    assertEquals(111, pong.length);
  }

  @Test
  void when_discoIsOff_then_pingsAreNotAnswered() throws Exception {
    Endpoint node = sendPing("disco=off");
    node.accept(ECHO, connection -> {});
    // Whatever came before this handshake has been looked at.
    await(nodes.bind().connect(node.addr(), ECHO));
    socket.setSoTimeout(100);
    assertThrows(SocketTimeoutException.class, this::receive);
  }
}
