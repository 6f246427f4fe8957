package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes that come to nothing give their places back, whoever ends them: the timer, the peer or the library. */
class QuicHandshakePlacesTest {
  private static final long SEED = 20261129;
  private static final int PLACES = 8;
  private static final int RETRY = 0xf0;
  private static final byte HANDSHAKE_DONE = 0x1e;
  // Transport parameters of an endpoint here (RFC 9000, section 18.2): an id, two bytes of length, and the value.
  private static final byte[] IDLE = {1, 2, 0x40 | 10_500 >> 8, 10_500 & 0xff};
  private static final byte[] IDLE_ONE = {1, 2, 0x40, 1};
  private static final byte[] TINY_PACKETS = {3, 2, 0x40, 1};

  private final Nodes nodes = new Nodes();
  private final Random random = new Random(SEED);
  private final LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
  private InitialPacket honest;

  @BeforeEach
  void listen() throws Exception {
    honest = InitialPacket.of(nodes);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private static byte[] replace(byte[] frames, byte[] what, byte[] by) {
    for (int i = 0; i < frames.length - what.length; i++) {
      if (Arrays.equals(frames, i, i + what.length, what, 0, what.length)) {
        System.arraycopy(by, 0, frames, i, by.length);
        return frames;
      }
    }
    throw new AssertionError("there is nothing to replace");
  }

  /** What a first packet can be that the library ends the handshake for. */
  enum Illegal {
    FRAME,
    FORBIDDEN_FRAME,
    TRANSPORT_PARAMETER;

    byte[] frames(byte[] honest) {
      if (this == TRANSPORT_PARAMETER) {
        return replace(honest, IDLE, TINY_PACKETS);
      }
      byte[] wrong = new byte[honest.length];
      wrong[0] = this == FRAME ? 0x3f : HANDSHAKE_DONE;
      return wrong;
    }
  }

  private void send(DatagramSocket socket, Endpoint server, byte[] frames) throws Exception {
    byte[] id = new byte[honest.idLength()];
    random.nextBytes(id);
    byte[] bytes = honest.seal(id, frames);
    socket.send(new DatagramPacket(bytes, bytes.length, address(server)));
  }

  /** Sends a first packet to a server; what kind of packet the answer is. */
  private int answer(Endpoint server, byte[] frames) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(loopback(0))) {
      send(socket, server, frames);
      DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
      socket.setSoTimeout(5000);
      socket.receive(answer);
      return answer.getData()[0] & 0xf0;
    }
  }

  private static InetSocketAddress address(Endpoint server) {
    return server.addr().ipAddresses().get(0);
  }

  private Endpoint server(String... options) {
    Endpoint server = nodes.bind(options);
    server.accept(ECHO, accepted::add);
    return server;
  }

  /** Somebody gets in; how many Retry packets it took. */
  private int retries(Endpoint server) throws Exception {
    AtomicInteger retries = new AtomicInteger();
    UdpRelay.Fate counting =
        (toServer, datagram, network) -> {
          if (!toServer && (datagram[0] & 0xf0) == RETRY) {
            retries.incrementAndGet();
          }
          network.deliver(datagram, 0);
        };
    try (UdpRelay relay = UdpRelay.to(address(server), counting)) {
      Endpoint client = nodes.bind("disco=off");
      await(client.connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
      assertEquals(client.id(), take(accepted).remoteId());
    }
    return retries.get();
  }

  @Test
  void when_aHandshakeIsSilentForLongerThanConnectionsMayBe_thenItsPlaceIsFree() throws Exception {
    Endpoint server = server("max-handshakes=1", "idle=200ms", "connect-timeout=30s");
    // The endpoint has only just dialled itself.
    Nodes.until(() -> begins(server));
    assertTrue(retries(server) > 0, "the place was taken");
    assertEquals(0, retries(server));
  }

  /** Who dials says how long a connection may be silent, too. */
  @Test
  void when_handshakesEndAsSoonAsTheirDiallersWant_thenTheirPlacesAreFree() throws Exception {
    Endpoint server = server("max-handshakes=" + PLACES, "connect-timeout=30s");
    byte[] hasty = replace(honest.frames(), IDLE, IDLE_ONE);
    for (int i = 0; i < PLACES / 4; i++) {
      assertNotEquals(RETRY, answer(server, hasty));
    }
    assertEquals(RETRY, answer(server, hasty));
    Nodes.until(() -> isFree(server));
    assertEquals(0, retries(server));
  }

  private boolean begins(Endpoint server) {
    try {
      return answer(server, honest.frames()) != RETRY;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private boolean isFree(Endpoint server) {
    try {
      return retries(server) == 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void when_firstPacketsAreIllegalInside_thenTheyTakeNoPlaces(Illegal illegal) throws Exception {
    Endpoint server = server("max-handshakes=" + PLACES, "connect-timeout=30s");
    try (DatagramSocket socket = new DatagramSocket(loopback(0)); LogWatch log = new LogWatch(Acceptor.class.getName())) {
      for (int i = 1; i <= 2 * PLACES; i++) {
        int ended = i;
        send(socket, server, illegal.frames(honest.frames()));
        Nodes.until(() -> log.toString().split("the handshake was broken off", -1).length > ended);
      }
    }
    assertEquals(0, retries(server));
  }

  @Test
  void when_whoIsDialledIsSilentForLongerThanConnectionsMayBe_thenDiallingFails() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(loopback(0))) {
      Endpoint client = nodes.bind("idle=200ms", "connect-timeout=30s");
      InetSocketAddress there = (InetSocketAddress) silent.getLocalSocketAddress();
      Throwable why = failure(client.connect(EndpointAddr.of(nodes.bind().id(), List.of(there)), ECHO));
      assertTrue(assertInstanceOf(TransportException.class, why).getMessage().contains("nothing came from it"), why::toString);
    }
  }

  /** It would take no place of those that connections have. */
  @Test
  void when_aPeerDialsForWhatEndpointsDialThemselvesFor_thenItIsRefused() throws Exception {
    Endpoint server = server();
    Throwable why = failure(nodes.bind().connect(server.addr(), Acceptor.WARM_UP));
    assertTrue(
        assertInstanceOf(TransportException.class, why).getMessage().contains("does not speak the protocol"), why::toString);
  }
}
