package org.docs4j.tck.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
  private static final Alpn PROTOCOL = new Alpn("/test/1");

  private final SimEnvironment sim = SimEnvironment.seeded(11);
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final Conditions conditions = sim.conditions();
  private final ArrayDeque<Connection> accepted = new ArrayDeque<>();
  private final EndpointSecret secretB = EndpointSecret.random(sim.environment("b").random());
  private final Endpoint a =
      network.endpoint(EndpointSecret.random(sim.environment("a").random()), sim.environment("a"));
  private Endpoint b = bindB();

  private Endpoint bindB() {
    Endpoint endpoint = network.endpoint(secretB, sim.environment("b"));
    endpoint.accept(PROTOCOL, accepted::add);
    return endpoint;
  }

  private Connection connected() {
    Connection connection = conditions.result("dialling", a.connect(b.addr(), PROTOCOL));
    conditions.until("accepting", () -> !accepted.isEmpty());
    return connection;
  }

  private CloseInfo end(Connection connection) {
    return conditions.result("the end", connection.closed());
  }

  @Test
  void connect_takesOneRoundTrip_andHalfOneMoreForTheOther() {
    CompletionStage<Connection> dialled = a.connect(b.addr(), PROTOCOL);
    sim.run(Duration.ofMillis(19));
    assertFalse(dialled.toCompletableFuture().isDone());
    conditions.result("dialling", dialled);
    assertTrue(accepted.isEmpty());
    conditions.until("accepting", () -> !accepted.isEmpty());
    assertEquals(30, sim.clock().elapsed().toMillis());
  }

  @Test
  void write_arrivesAfterTheLatency() {
    BidiStream stream = conditions.result("opening", connected().openBidi());
    long begin = sim.clock().nanos();
    conditions.result("writing", stream.send().write(ByteBuffer.wrap("hello".getBytes(UTF_8))));
    BidiStream other = conditions.result("accepting", accepted.remove().acceptBidi());
    assertEquals(10, sim.clock().since(begin).toMillis());
    Optional<ByteBuffer> data = conditions.result("reading", other.receive().read(100));
    assertEquals("hello", UTF_8.decode(data.orElseThrow()).toString());
  }

  @Test
  void when_theWayIsBlockedForAWhile_then_nothingIsLost() {
    Connection connection = connected();
    network.firewall().drop(a.id(), b.id());
    BidiStream stream = conditions.result("opening", connection.openBidi());
    conditions.result("writing", stream.send().write(ByteBuffer.wrap(new byte[10])));
    sim.run(Duration.ofSeconds(20));
    network.firewall().heal();
    BidiStream other = conditions.result("accepting", accepted.remove().acceptBidi());
    assertEquals(10, conditions.result("reading", other.receive().read(100)).orElseThrow().remaining());
    sim.run(Duration.ofMinutes(5));
    assertEquals(2, network.connections(), "both sides are alive while the way is free");
  }

  @Test
  void when_theWayIsBlockedForLong_then_bothSidesTimeOut() {
    Connection connection = connected();
    long begin = sim.clock().nanos();
    network.firewall().partition(List.of(List.of(a.id()), List.of(b.id())));
    assertEquals(CloseInfo.Kind.TIMED_OUT, end(connection).kind());
    assertEquals(CloseInfo.Kind.TIMED_OUT, end(accepted.remove()).kind());
    assertEquals(30, sim.clock().since(begin).toSeconds());
    assertEquals(0, network.connections());
  }

  @Test
  void when_oneWayIsBlocked_then_theOtherSideTimesOutLater() {
    Connection connection = connected();
    network.firewall().dropOneWay(a.id(), b.id());
    long begin = sim.clock().nanos();
    end(accepted.remove());
    assertEquals(30, sim.clock().since(begin).toSeconds());
    end(connection);
    assertEquals(60, sim.clock().since(begin).toSeconds());
  }

  @Test
  void when_theWayIsBlocked_then_diallingWaitsOrTimesOut() {
    network.firewall().drop(a.id(), b.id());
    CompletionStage<Connection> first = a.connect(b.addr(), PROTOCOL);
    assertInstanceOf(TransportException.class, conditions.failure("dialling", first));
    CompletionStage<Connection> second = a.connect(b.addr(), PROTOCOL);
    sim.run(Duration.ofSeconds(10));
    network.firewall().allow(b.id(), a.id());
    assertEquals(b.id(), conditions.result("dialling", second).remoteId());
  }

  @Test
  void when_aNodeIsKilled_then_itsPeerTimesOut_andFindsItAgainAtItsAddress() {
    Connection connection = connected();
    EndpointAddr address = b.addr();
    CompletionStage<BidiStream> pending = accepted.remove().acceptBidi();
    network.kill(b.id());
    conditions.failure("accepting on a killed node", pending);
    assertEquals(CloseInfo.Kind.TIMED_OUT, end(connection).kind());
    sim.crash("b");
    b = bindB();
    assertEquals(address, b.addr());
    assertEquals(b.id(), connected().remoteId());
  }

  @Test
  void cut_endsBothSidesAtOnce() {
    Connection connection = connected();
    long begin = sim.clock().nanos();
    network.cut(b.id(), a.id());
    assertEquals(CloseInfo.Kind.FAILED, end(connection).kind());
    assertEquals(CloseInfo.Kind.FAILED, end(accepted.remove()).kind());
    assertEquals(0, sim.clock().since(begin).toMillis());
  }

  @Test
  void connect_idOnly_needsDiscovery() {
    CompletionStage<Connection> stage = a.connect(EndpointAddr.of(b.id()), PROTOCOL);
    assertInstanceOf(TransportException.class, conditions.failure("dialling without an address", stage));
    SimNetwork other = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withDiscovery(true));
    Endpoint one = other.endpoint(EndpointSecret.random(sim.environment("c").random()), sim.environment("c"));
    Endpoint two = other.endpoint(secretB, sim.environment("d"));
    two.accept(PROTOCOL, accepted::add);
    assertEquals(
        two.id(), conditions.result("dialling", one.connect(EndpointAddr.of(two.id()), PROTOCOL)).remoteId());
  }

  @Test
  void environment_idle_afterEverythingIsClosed() {
    Connection connection = connected();
    conditions.result("opening", connection.openBidi());
    a.close();
    b.close();
    sim.runUntilIdle();
    assertEquals(0, network.connections());
  }

  @Test
  void when_manyNodesTalk_then_theSameSeedGivesTheSameRun() {
    assertEquals(chatter(3), chatter(3));
    assertFalse(chatter(3).equals(chatter(4)), "another seed gives another order");
  }

  private static List<String> chatter(long seed) {
    SimEnvironment sim = SimEnvironment.seeded(seed);
    Latency latency = Latency.between(Duration.ofMillis(1), Duration.ofMillis(50));
    SimNetwork network = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withLatency(latency));
    ArrayDeque<String> log = new ArrayDeque<>();
    Environment hubNode = sim.environment("hub");
    Endpoint hub = network.endpoint(EndpointSecret.random(hubNode.random()), hubNode);
    hub.accept(PROTOCOL, connection -> log.add(connection.remoteId().shortText()));
    for (int i = 0; i < 30; i++) {
      Environment node = sim.environment("node-" + i);
      Endpoint endpoint = network.endpoint(EndpointSecret.of(new byte[] {
        (byte) i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31}), node);
      endpoint.connect(hub.addr(), PROTOCOL).thenAccept(connection -> log.add("up " + sim.clock().nanos()));
    }
    sim.runUntilIdle();
    assertEquals(60, log.size());
    return List.copyOf(log);
  }

  @Test
  void realTime_echoesOnRealThreads() {
    try (Environment system = Environment.system();
        SimNetwork real = SimNetwork.realTime(system, SimNetworkConfig.instant());
        Endpoint one = real.endpoint(EndpointSecret.random(system.random()), system);
        Endpoint two = real.endpoint(EndpointSecret.random(system.random()), system)) {
      Conditions patience = Conditions.realTime();
      two.accept(
          PROTOCOL,
          connection ->
              connection.acceptBidi().thenAccept(
                  stream -> stream.receive().read(100).thenAccept(data -> stream.send().write(data.orElseThrow()))));
      Connection connection = patience.result("dialling", one.connect(two.addr(), PROTOCOL));
      BidiStream stream = patience.result("opening", connection.openBidi());
      patience.result("writing", stream.send().write(ByteBuffer.wrap("hello".getBytes(UTF_8))));
      assertEquals(
          "hello", UTF_8.decode(patience.result("reading", stream.receive().read(100)).orElseThrow()).toString());
      connection.close(7, "done");
      assertEquals(new CloseInfo(CloseInfo.Kind.LOCAL, 7, "done"), patience.result("the end", connection.closed()));
    }
  }
}
