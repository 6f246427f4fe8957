package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.ECHO;
import static org.docs4j.transport.quic.Nodes.await;
import static org.docs4j.transport.quic.Nodes.failure;
import static org.docs4j.transport.quic.Nodes.loopback;
import static org.docs4j.transport.quic.Nodes.readText;
import static org.docs4j.transport.quic.Nodes.take;
import static org.docs4j.transport.quic.Nodes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.tck.UdpRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicCloseTest {
  private final Nodes nodes = new Nodes();

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void close_bothSidesLearnWhoAndWhy() throws Exception {
    Nodes.Pair pair = nodes.pair();
    pair.dialled().close(42, "enough");
    pair.dialled().close(43, "too late");
    assertEquals(new CloseInfo(CloseInfo.Kind.LOCAL, 42, "enough"), await(pair.dialled().closed()));
    assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 42, "enough"), await(pair.accepted().closed()));
    assertThrows(IllegalArgumentException.class, () -> pair.accepted().close(-1, ""));
  }

  @Test
  void close_whileMuchIsUnsent_reachesThePeer() throws Exception {
    Nodes.Pair pair = nodes.pair();
    CompletionStage<Void> unsent = await(pair.dialled().openUni()).write(ByteBuffer.allocate(256 << 20));
    ReceiveStream receive = await(pair.accepted().acceptUni());
    for (int read = 0; read < 4 << 20; ) {
      read += await(receive.read(1 << 20)).orElseThrow().remaining();
    }
    pair.dialled().close(9, "enough");
    assertTrue(failure(unsent) instanceof ConnectionClosedException);
    assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 9, "enough"), await(pair.accepted().closed()));
  }

  /** On a long way, as with a busy peer, nothing comes for a while although much is still to be acknowledged. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_whileManyStreamsAreBlockedOnALongWay_reachesThePeer(boolean reading) throws Exception {
    Endpoint server = nodes.bind("bidi-streams=700");
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    UdpRelay.Fate far = (toServer, datagram, network) -> network.deliver(datagram, 60);
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), far)) {
      Connection dialled = await(nodes.bind().connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
      Connection there = take(accepted);
      List<CompletionStage<Void>> unsent = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        unsent.add(await(dialled.openBidi()).send().write(ByteBuffer.allocate(1 << 20)));
        if (reading) {
          there.acceptBidi().thenAccept(stream -> readOn(stream.receive()));
        }
      }
      if (!reading) {
        await(await(there.acceptBidi()).receive().read(1));
      }
      dialled.close(9, "enough");
      assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 9, "enough"), await(there.closed()));
      assertTrue(failure(unsent.get(699)) instanceof ConnectionClosedException);
    }
  }

  private static void readOn(ReceiveStream stream) {
    stream.read(1 << 16).thenAccept(data -> data.ifPresent(some -> readOn(stream)));
  }

  @Test
  void when_theConnectionEnds_then_everythingPendingFails() throws Exception {
    Nodes.Pair pair = nodes.pair();
    BidiStream near = await(pair.dialled().openBidi());
    await(near.send().write(text("x")));
    BidiStream far = await(pair.accepted().acceptBidi());
    await(far.receive().read(1));
    List<CompletionStage<?>> pending = new ArrayList<>();
    pending.add(far.receive().read(1));
    pending.add(near.receive().read(1));
    pending.add(pair.accepted().acceptUni());
    pending.add(pair.dialled().acceptBidi());
    ByteBuffer big = ByteBuffer.allocate(64 << 20);
    BidiStream busy = await(pair.dialled().openBidi());
    pending.add(busy.send().write(big));
    pending.add(busy.send().finish());
    pair.accepted().close(7, "over");
    for (CompletionStage<?> each : pending) {
      assertEquals(7, ((ConnectionClosedException) failure(each)).code());
    }
    for (Connection connection : List.of(pair.dialled(), pair.accepted())) {
      await(connection.closed());
      assertEquals(7, ((ConnectionClosedException) failure(connection.openBidi())).code());
      assertEquals(7, ((ConnectionClosedException) failure(connection.acceptUni())).code());
    }
    assertEquals(7, ((ConnectionClosedException) failure(near.send().write(text("y")))).code());
    assertEquals(7, ((ConnectionClosedException) failure(far.receive().read(1))).code());
  }

  @Test
  void when_thePeerClosesAfterItsLastWord_then_thatCanStillBeRead() throws Exception {
    Nodes.Pair pair = nodes.pair();
    SendStream first = await(pair.dialled().openUni());
    await(first.write(text("first")));
    await(first.finish());
    SendStream second = await(pair.dialled().openUni());
    await(second.write(text("x")));
    ReceiveStream firstIn = await(pair.accepted().acceptUni());
    ReceiveStream secondIn = await(pair.accepted().acceptUni());
    await(secondIn.read(1));
    pair.dialled().close(0, "");
    await(pair.accepted().closed());
    assertEquals("first", readText(firstIn));
  }

  /** A full window is silent for a whole round trip: that is not the end of what is to be sent. */
  @Test
  void endpointClose_onALongWay_letsWhatWasFinishedArrive() throws Exception {
    Endpoint server = nodes.bind();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    UdpRelay.Fate far = (toServer, datagram, network) -> network.deliver(datagram, 60);
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), far)) {
      Endpoint client = nodes.bind();
      Connection dialled = await(client.connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
      SendStream send = await(dialled.openUni());
      CompletionStage<Void> written = send.write(ByteBuffer.allocate(300_000));
      send.finish();
      ReceiveStream receive = await(take(accepted).acceptUni());
      await(receive.read(1));
      client.close();
      assertEquals(300_000 - 1, Nodes.readAll(receive).length);
      await(written);
    }
  }

  @Test
  void when_nothingComesForTooLong_then_bothNoticeIt() throws Exception {
    Nodes.Pair pair = nodes.pair("idle=400ms", "keep-alive=0s");
    assertEquals(CloseInfo.Kind.TIMED_OUT, await(pair.dialled().closed()).kind());
    assertEquals(CloseInfo.Kind.TIMED_OUT, await(pair.accepted().closed()).kind());
    assertEquals(-1, ((ConnectionClosedException) failure(pair.dialled().openUni())).code());
  }

  /** The sum is what {@link QuicSettings} promises; what a node sends to keep the connection must not prolong it. */
  @Test
  void when_theWayIsCut_then_bothNoticeWithinIdleAndKeepAlive() throws Exception {
    // And what a busy machine may take.
    assertNoticed(0, Duration.ofMillis(3000 + 1000 + 1500), "idle=3s", "keep-alive=1s", "disco=off");
  }

  /** What is promised of a node that was told nothing. */
  @Test
  void when_theWayIsCut_withoutOptions_then_bothNoticeWithin15Seconds() throws Exception {
    assertNoticed(0, Duration.ofSeconds(15));
  }

  /** The library alone would wait for several round trips, and for what they varied by. */
  @Test
  void when_aLongWayIsCut_then_bothNoticeWithin15Seconds() throws Exception {
    // What was under way arrives after the cut.
    assertNoticed(2000, Duration.ofSeconds(15 + 2), "connect-timeout=30s");
  }

  /** The way is cut just after one side has heard of the other, which is when it takes longest. */
  private void assertNoticed(long oneWayMillis, Duration limit, String... options) throws Exception {
    Endpoint server = nodes.bind(options);
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    UdpRelay.Fate slow = (toServer, datagram, way) -> way.deliver(datagram, oneWayMillis);
    try (UdpRelay relay = UdpRelay.to(server.addr().ipAddresses().get(0), slow)) {
      Endpoint client = nodes.bind(options);
      Connection dialled = await(client.connect(EndpointAddr.of(server.id(), List.of(relay.address())), ECHO));
      Connection other = take(accepted);
      SendStream send = await(dialled.openUni());
      await(send.write(text("here")));
      assertEquals(4, await(await(other.acceptUni()).read(10)).orElseThrow().remaining());
      relay.set(UdpRelay.silence());
      long cut = System.nanoTime();
      await(send.write(text("not there")));
      assertEquals(CloseInfo.Kind.TIMED_OUT, await(dialled.closed()).kind());
      assertEquals(CloseInfo.Kind.TIMED_OUT, await(other.closed()).kind());
      Duration noticed = Duration.ofNanos(System.nanoTime() - cut);
      assertTrue(noticed.compareTo(limit) < 0, noticed::toString);
    }
  }

  @Test
  void when_twoIdleNodesKeepAlive_then_theyStayConnected() throws Exception {
    Nodes.Pair pair = nodes.pair("idle=500ms", "keep-alive=100ms");
    CompletableFuture<CloseInfo> closed = pair.dialled().closed().toCompletableFuture();
    assertThrows(TimeoutException.class, () -> closed.get(1500, TimeUnit.MILLISECONDS));
    SendStream send = await(pair.dialled().openUni());
    await(send.write(text("still there")));
    await(send.finish());
    assertEquals("still there", readText(await(pair.accepted().acceptUni())));
  }

  @Test
  void endpointClose_tellsPeersAndFreesThePort() throws Exception {
    Endpoint server = nodes.bind();
    Endpoint client = nodes.bind();
    Nodes.Pair pair = Nodes.connect(client, server);
    CompletionStage<Connection> dialling = server.connect(deadAddress(server), ECHO);
    InetSocketAddress address = server.addr().ipAddresses().get(0);
    server.close();
    server.close();
    assertEquals(new CloseInfo(CloseInfo.Kind.PEER, 0, ""), await(pair.dialled().closed()));
    assertEquals(CloseInfo.Kind.LOCAL, await(pair.accepted().closed()).kind());
    assertTrue(failure(dialling) instanceof TransportException);
    assertTrue(failure(server.connect(client.addr(), ECHO)).getMessage().contains("the endpoint is closed"));
    new DatagramSocket(address).close();
    pair.accepted().close(0, "");
    assertTrue(failure(pair.accepted().openBidi()) instanceof ConnectionClosedException);
  }

  private static EndpointAddr deadAddress(Endpoint not) {
    byte[] id = not.id().toByteArray();
    id[0] ^= 1;
    return EndpointAddr.of(EndpointId.of(id), List.of(loopback(9)));
  }

  @Test
  void endpointClose_letsFinishedStreamsArrive() throws Exception {
    Endpoint server = nodes.bind();
    Endpoint client = nodes.bind();
    Nodes.Pair pair = Nodes.connect(client, server);
    byte[] sent = new byte[1 << 20];
    sent[sent.length - 1] = 7;
    CompletableFuture<byte[]> arriving = new CompletableFuture<>();
    pair.accepted().acceptUni().thenAcceptAsync(stream -> complete(arriving, stream));
    SendStream send = await(pair.dialled().openUni());
    await(send.write(ByteBuffer.wrap(sent)));
    await(send.finish());
    client.close();
    assertEquals(ByteBuffer.wrap(sent), ByteBuffer.wrap(await(arriving)));
  }

  private static void complete(CompletableFuture<byte[]> arriving, ReceiveStream stream) {
    try {
      arriving.complete(Nodes.readAll(stream));
    } catch (Exception e) {
      arriving.completeExceptionally(e);
    }
  }

  @Test
  void endpointClose_inTheMiddleOfEverything_settlesEveryStage() throws Exception {
    Endpoint server = nodes.bind();
    Endpoint client = nodes.bind();
    LinkedBlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    server.accept(ECHO, accepted::add);
    List<CompletionStage<?>> stages = new ArrayList<>();
    Connection connection = await(client.connect(server.addr(), ECHO));
    Connection other = take(accepted);
    for (int i = 0; i < 50; i++) {
      BidiStream stream = await(connection.openBidi());
      stages.add(stream.send().write(ByteBuffer.allocate(1 << 20)));
      stages.add(stream.send().finish());
      stages.add(stream.receive().read(100));
      stages.add(other.acceptBidi().thenCompose(in -> in.receive().read(10)));
      stages.add(other.openUni());
      stages.add(client.connect(server.addr(), ECHO));
    }
    client.close();
    for (CompletionStage<?> stage : stages) {
      await(stage.handle((value, failure) -> true));
    }
    assertEquals(CloseInfo.Kind.LOCAL, await(connection.closed()).kind());
    assertEquals(CloseInfo.Kind.PEER, await(other.closed()).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void bind_whatCannotBe_saysWhy(String io) {
    Endpoint first = nodes.bind("io=" + io);
    EndpointSecret secret = EndpointSecret.random(nodes.environment().random());
    assertThrows(
        AddressInUseException.class, () -> nodes.bind(secret, first.addr().ipAddresses().get(0), "io=" + io));
    InetSocketAddress foreign = Nodes.address(4433, 198, 51, 100, 77);
    TransportException refused = assertThrows(TransportException.class, () -> nodes.bind(secret, foreign, "io=" + io));
    assertEquals(TransportException.class, refused.getClass());
    assertTrue(refused.getMessage().contains("198.51.100.77:4433"), refused::getMessage);
  }
}
