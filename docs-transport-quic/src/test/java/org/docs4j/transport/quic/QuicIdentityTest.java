package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both kinds of identity, on both sides. */
class QuicIdentityTest {
  private static final int PACKET_TYPE = 0xf0;
  private static final int INITIAL = 0xc0;
  private static final int LENGTH_OFFSET = 5;

  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  @ParameterizedTest
  @CsvSource({"auto,auto", "auto,raw-key", "auto,x509", "raw-key,auto", "raw-key,raw-key", "x509,auto", "x509,x509"})
  void connect_kindsInCommon_bothKnowWhoTheOtherIs(String dialling, String accepting) throws Exception {
    Endpoint client = nodes.bind("identity=" + dialling);
    Endpoint server = nodes.bind("identity=" + accepting);
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    for (int i = 0; i < 3; i++) {
      Connection dialled = await(client.connect(server.addr(), ECHO));
      Connection other = take(accepted);
      assertEquals(server.id(), dialled.remoteId());
      assertEquals(client.id(), other.remoteId());
      SendStream send = await(dialled.openUni());
      send.write(text("hi"));
      send.finish();
      assertEquals("hi", readText(await(other.acceptUni())));
    }
    assertTrue(accepted.isEmpty(), "an attempt with the wrong kind never becomes a connection");
  }

  @ParameterizedTest
  @CsvSource({"raw-key,x509", "x509,raw-key"})
  void connect_noKindInCommon_failsAtOnce(String dialling, String accepting) throws Exception {
    Endpoint server = nodes.bind("identity=" + accepting);
    server.accept(ECHO, connection -> {});
    Throwable failure = failure(nodes.bind("identity=" + dialling).connect(server.addr(), ECHO));
    assertTrue(failure instanceof TransportException, failure::toString);
    assertTrue(!failure.getMessage().contains("no answer"), failure::toString);
  }

  @ParameterizedTest
  @CsvSource({"raw-key", "x509"})
  void connect_anotherPeerAnswers_saysSo(String kind) throws Exception {
    Endpoint server = nodes.bind("identity=" + kind);
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    EndpointAddr wrong =
        EndpointAddr.of(EndpointSecret.random(nodes.environment().random()).id(), server.addr().ipAddresses());
    Throwable failure = failure(nodes.bind().connect(wrong, ECHO));
    assertTrue(failure.getMessage().contains("another peer than the one that was dialled"), failure::toString);
    assertTrue(accepted.isEmpty());
  }

  @Test
  void when_aPeerSpeaksTheLessLikelyKind_then_itIsTriedWithTheOtherOnce() throws Exception {
    Endpoint server = nodes.bind("identity=x509");
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    Set<Long> handshakes = ConcurrentHashMap.newKeySet();
    UdpRelay.Fate noting =
        (toServer, datagram, network) -> {
          if (toServer && (datagram[0] & PACKET_TYPE) == INITIAL) {
            ByteBuffer packet = ByteBuffer.wrap(datagram);
            // The id that the dialler chose for itself (RFC 9000, section 17.2).
            int own = LENGTH_OFFSET + 1 + packet.get(LENGTH_OFFSET);
            handshakes.add(packet.getLong(own + 1));
          }
          network.deliver(datagram, 0);
        };
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), noting)) {
      EndpointAddr there = EndpointAddr.of(server.id(), List.of(relay.address()));
      Endpoint client = nodes.bind("disco=off");
      for (int known = 0; known < 3; known++) {
        await(client.connect(there, ECHO));
        take(accepted);
        assertEquals(2 + known, handshakes.size());
      }
    }
  }

  @Test
  void when_thereAreTwoPeersBehindOneAddressInTurn_thenTheKindIsFoundAgain() throws Exception {
    EndpointSecret secret = EndpointSecret.random(nodes.environment().random());
    Endpoint client = nodes.bind();
    Endpoint old = nodes.bind(secret, Nodes.loopback(0), "identity=x509");
    old.accept(ECHO, connection -> {});
    assertEquals(old.id(), await(client.connect(old.addr(), ECHO)).remoteId());
    old.close();
    Endpoint renewed = nodes.bind(secret, old.addr().ipAddresses().get(0), "identity=raw-key");
    renewed.accept(ECHO, connection -> {});
    assertEquals(renewed.id(), await(client.connect(renewed.addr(), ECHO)).remoteId());
  }

  /** As many times as -Ddocs.quic.cycles says, 5 unless told. */
  @Test
  void when_endpointsComeAndGo_thenNothingOfThemStays() throws Exception {
    Endpoint client = nodes.bind();
    List<WeakReference<Endpoint>> gone = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("docs.quic.cycles", 5); i++) {
      try (Nodes own = new Nodes()) {
        Endpoint server = own.bind();
        server.accept(ECHO, connection -> {});
        await(client.connect(server.addr(), ECHO));
        Endpoint other = own.bind("identity=x509");
        await(other.connect(server.addr(), ECHO));
        gone.add(new WeakReference<>(server));
        gone.add(new WeakReference<>(other));
      }
    }
    Nodes.until(
        () -> {
          System.gc();
          return gone.stream().allMatch(endpoint -> endpoint.get() == null);
        });
  }
}
