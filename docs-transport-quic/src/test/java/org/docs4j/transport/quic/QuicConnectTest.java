package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.PeerIdentityException.Reason;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicConnectTest {
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  private static void assertRefused(String part, CompletionStage<Connection> stage) throws Exception {
    Throwable failure = failure(stage);
    assertTrue(failure instanceof TransportException && failure.getMessage().contains(part), failure::toString);
  }

  @Test
  void connect_bothKnowWhoTheOtherIs() throws Exception {
    Endpoint server = nodes.bind();
    Endpoint client = nodes.bind();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    Connection dialled = await(client.connect(server.addr(), ECHO));
    Connection other = take(accepted);
    assertEquals(server.id(), dialled.remoteId());
    assertEquals(client.id(), other.remoteId());
    assertEquals(ECHO, dialled.alpn());
    assertEquals(ECHO, other.alpn());
    assertTrue(dialled.dialled());
    assertFalse(other.dialled());
    assertEquals(Optional.of(server.addr()), client.known(server.id()));
    assertEquals(Optional.of(client.addr()), server.known(client.id()), "seen on a live connection");
  }

  @Test
  void connect_whoAnswersIsAnother_saysSo() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, connection -> {});
    EndpointAddr wrong =
        EndpointAddr.of(EndpointSecret.random(nodes.environment().random()).id(), server.addr().ipAddresses());
    assertRefused("another peer than the one that was dialled", nodes.bind().connect(wrong, ECHO));
  }

  /** A peer that has moved: somebody else is at its old address, and the new one is not known, or nobody is there now. */
  @Test
  void connect_anotherAtOneAddressAndSilenceAtTheOther_isNoMatterOfIdentity() throws Exception {
    Endpoint other = nodes.bind();
    Endpoint third = nodes.bind();
    other.accept(ECHO, connection -> {});
    third.accept(ECHO, connection -> {});
    try (DatagramSocket silent = new DatagramSocket(loopback(0))) {
      InetSocketAddress dead = (InetSocketAddress) silent.getLocalSocketAddress();
      InetSocketAddress stale = other.addr().ipAddresses().get(0);
      Endpoint client = nodes.bind("connect-timeout=300ms");
      for (List<InetSocketAddress> addresses : List.of(List.of(stale, dead), List.of(dead, stale))) {
        Throwable failure = failure(client.connect(EndpointAddr.of(someone(), addresses), ECHO));
        assertEquals(TransportException.class, failure.getClass(), failure::toString);
        String all = failure.getMessage();
        assertTrue(all.contains(stale.getPort() + ": " + Reason.ANOTHER_PEER.sentence()), all);
        assertTrue(all.contains(dead.getPort() + ": no answer within 300 ms"), all);
      }
      EndpointAddr everywhere = EndpointAddr.of(someone(), List.of(stale, third.addr().ipAddresses().get(0)));
      Refusals.assertRefused(Reason.ANOTHER_PEER, client.connect(everywhere, ECHO));
    }
  }

  @Test
  void connect_anotherAtOneAddressAndThePeerAtTheOther_waitsForThePeer() throws Exception {
    Endpoint other = nodes.bind();
    Endpoint server = nodes.bind();
    other.accept(ECHO, connection -> {});
    server.accept(ECHO, connection -> {});
    // Far away, so that somebody else has answered long before.
    UdpRelay.Fate slow = (toServer, datagram, network) -> network.deliver(datagram, 100);
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), slow)) {
      InetSocketAddress stale = other.addr().ipAddresses().get(0);
      EndpointAddr both = EndpointAddr.of(server.id(), List.of(stale, relay.address()));
      assertEquals(server.id(), await(nodes.bind().connect(both, ECHO)).remoteId());
    }
  }

  @Test
  void connect_protocolWithoutHandler_isRefusedInTheHandshake() throws Exception {
    Endpoint server = nodes.bind();
    Endpoint client = nodes.bind();
    assertRefused("does not speak the protocol", client.connect(server.addr(), ECHO));
    server.accept(ECHO, connection -> {});
    await(client.connect(server.addr(), ECHO));
    assertRefused("does not speak the protocol", client.connect(server.addr(), new Alpn("test/other")));
  }

  @Test
  void connect_nobodyAnswers_failsInTime() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(loopback(0))) {
      EndpointAddr dead = EndpointAddr.of(someone(), List.of((InetSocketAddress) silent.getLocalSocketAddress()));
      Endpoint client = nodes.bind("connect-timeout=300ms");
      long begin = nodes.environment().ticker().nanos();
      assertRefused("no answer within 300 ms", client.connect(dead, ECHO));
      assertTrue(nodes.environment().ticker().since(begin).compareTo(Duration.ofSeconds(5)) < 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connect_aFreshAddressIsLearntMeanwhile_isDialledAtOnce(boolean itComesByItself) throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, connection -> {});
    try (DatagramSocket silent = new DatagramSocket(loopback(0))) {
      Endpoint client = nodes.bind("connect-timeout=30s");
      client.accept(ECHO, connection -> {});
      EndpointAddr old = EndpointAddr.of(server.id(), List.of((InetSocketAddress) silent.getLocalSocketAddress()));
      CompletionStage<Connection> dialling = client.connect(old, ECHO);
      silent.receive(new DatagramPacket(new byte[2000], 2000));
      if (itComesByItself) {
        await(server.connect(client.addr(), ECHO));
      } else {
        client.learn(server.addr());
      }
      assertEquals(server.id(), await(dialling).remoteId());
    }
  }

  private EndpointId someone() {
    return EndpointSecret.random(nodes.environment().random()).id();
  }

  @Test
  void connect_oneOfSeveralAddressesAnswers_isQuick() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(ECHO, connection -> {});
    try (DatagramSocket one = new DatagramSocket(loopback(0)); DatagramSocket two = new DatagramSocket(loopback(0))) {
      Endpoint client = nodes.bind();
      client.learn(server.addr());
      EndpointAddr dead =
          EndpointAddr.of(
              server.id(),
              List.of(
                  (InetSocketAddress) one.getLocalSocketAddress(), (InetSocketAddress) two.getLocalSocketAddress()));
      long begin = nodes.environment().ticker().nanos();
      Connection connection = await(client.connect(dead, ECHO));
      assertTrue(nodes.environment().ticker().since(begin).compareTo(Duration.ofSeconds(5)) < 0);
      assertEquals(server.id(), connection.remoteId());
    }
  }

  @Test
  void connect_withoutAnAddressThatCanBeDialled_isRefused() throws Exception {
    Endpoint client = nodes.bind();
    assertRefused("no address is known", client.connect(EndpointAddr.of(someone()), ECHO));
    TreeSet<TransportAddr> relay = new TreeSet<>();
    relay.add(new TransportAddr.Relay("https://relay.example/"));
    assertRefused("only relay addresses", client.connect(new EndpointAddr(someone(), relay), ECHO));
    InetSocketAddress six = Nodes.address(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertRefused("none of its addresses", client.connect(EndpointAddr.of(someone(), List.of(six)), ECHO));
    assertRefused("this endpoint itself", client.connect(client.addr(), ECHO));
  }

  @Test
  void accept_theSameProtocolTwice_isRefused() {
    Endpoint server = nodes.bind();
    server.accept(ECHO, connection -> {});
    assertThrows(IllegalArgumentException.class, () -> server.accept(ECHO, connection -> {}));
  }

  @Test
  void when_theHandlerThrows_then_itsConnectionIsClosed() throws Exception {
    Endpoint server = nodes.bind();
    server.accept(
        ECHO,
        connection -> {
          throw new TransportException("on purpose");
        });
    CloseInfo info = await(await(nodes.bind().connect(server.addr(), ECHO)).closed());
    assertEquals(CloseInfo.Kind.PEER, info.kind());
    assertEquals(1, info.code());
  }

  @Test
  void when_bothDialAtOnce_then_bothConnectionsWork() throws Exception {
    Endpoint one = nodes.bind();
    Endpoint two = nodes.bind();
    LinkedBlockingQueue<Connection> atOne = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<Connection> atTwo = new LinkedBlockingQueue<>();
    one.accept(ECHO, atOne::add);
    two.accept(ECHO, atTwo::add);
    CompletionStage<Connection> there = one.connect(two.addr(), ECHO);
    CompletionStage<Connection> back = two.connect(one.addr(), ECHO);
    exchange(await(there), take(atTwo));
    exchange(await(back), take(atOne));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void when_aSocketIsBoundToTheWildcard_then_bothFamiliesReachIt(String io) throws Exception {
    byte[] any = new byte[16];
    EndpointSecret secret = EndpointSecret.random(nodes.environment().random());
    Endpoint both = nodes.bind(secret, new InetSocketAddress(InetAddress.getByAddress(any), 0), "io=" + io);
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    both.accept(ECHO, accepted::add);
    int port = both.addr().ipAddresses().get(0).getPort();
    InetSocketAddress six = Nodes.address(port, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    for (InetSocketAddress address : List.of(Nodes.loopback(port), six)) {
      Endpoint other =
          nodes.bind(
              EndpointSecret.random(nodes.environment().random()),
              new InetSocketAddress(address.getAddress(), 0),
              "io=" + io);
      other.accept(ECHO, accepted::add);
      Connection dialled = await(other.connect(EndpointAddr.of(both.id(), List.of(address)), ECHO));
      exchange(dialled, take(accepted));
      Connection back = await(both.connect(other.addr(), ECHO));
      exchange(back, take(accepted));
    }
  }

  private static void exchange(Connection from, Connection to) throws Exception {
    SendStream send = await(from.openUni());
    send.write(text("hi"));
    send.finish();
    assertEquals("hi", readText(await(to.acceptUni())));
  }

  @Test
  void when_thereIsNoEpoll_then_sunnyDaysAreTheSame() throws Exception {
    Nodes.Pair pair = nodes.pair("io=nio");
    exchange(pair.dialled(), pair.accepted());
    exchange(pair.accepted(), pair.dialled());
  }

  @Test
  void when_aPeerHasTooManyConnections_then_furtherOnesAreRefused() throws Exception {
    Endpoint server = nodes.bind("max-connections-per-peer=2");
    server.accept(ECHO, connection -> {});
    Endpoint client = nodes.bind();
    Connection first = await(client.connect(server.addr(), ECHO));
    await(client.connect(server.addr(), ECHO));
    assertEquals(CloseInfo.Kind.FAILED, await(await(client.connect(server.addr(), ECHO)).closed()).kind());
    assertFalse(await(nodes.bind().connect(server.addr(), ECHO)).closed().toCompletableFuture().isDone());
    first.close(0, "");
    Nodes.until(() -> staysOpen(client, server));
  }

  private static boolean staysOpen(Endpoint client, Endpoint server) {
    try {
      Connection connection = await(client.connect(server.addr(), ECHO));
      SendStream send = await(connection.openUni());
      await(send.write(text("x")));
      return connection
              .closed()
              .toCompletableFuture()
              .completeOnTimeout(null, 200, TimeUnit.MILLISECONDS)
              .get()
          == null;
    } catch (ExecutionException refused) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void when_thereAreTooManyConnections_then_othersGetNoAnswer() throws Exception {
    Endpoint server = nodes.bind("max-connections=2");
    server.accept(ECHO, connection -> {});
    await(nodes.bind().connect(server.addr(), ECHO));
    await(nodes.bind().connect(server.addr(), ECHO));
    assertRefused("no answer", nodes.bind("connect-timeout=500ms").connect(server.addr(), ECHO));
  }
}
