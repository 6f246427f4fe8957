package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;
import org.junit.jupiter.api.Test;

/** Streams of a kept connection that do not open, or too late. */
class BrokenStreamTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withStreams(1));
  private final SyncNode alice = new SyncNode(sim, network, "alice", ReconcilerConfig.DEFAULT);
  private final SyncNode bob = new SyncNode(sim, network, "bob", ReconcilerConfig.DEFAULT);
  private final Endpoint endpoint = proxy(Endpoint.class, alice.endpoint, "connect", this::connect);
  private Function<Connection, CompletionStage<BidiStream>> open = Connection::openBidi;

  private static <T> T proxy(Class<T> type, T whole, String name, Function<Object[], Object> instead) {
    return type.cast(
        Proxy.newProxyInstance(
            BrokenStreamTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getName().equals(name) ? instead.apply(arguments) : method.invoke(whole, arguments)));
  }

  private CompletionStage<Connection> connect(Object[] arguments) {
    return alice.endpoint
        .connect((EndpointAddr) arguments[0], SessionContext.PROTOCOLS)
        .thenApply(made -> proxy(Connection.class, made, "openBidi", none -> open.apply(made)));
  }

  private SessionResult sync() {
    return alice.await(alice.sessions.dial(endpoint, bob.endpoint.addr(), DOC));
  }

  private int handles() {
    return alice.await(alice.sync.state(DOC)).handles();
  }

  @Test
  void when_openingAStreamThrows_then_theSessionFailsAndAllIsGivenBack() {
    assertTrue(sync().succeeded());
    sim.run(Duration.ofSeconds(1));
    int handles = handles();
    open =
        connection -> {
          throw new IllegalStateException("test");
        };
    assertFalse(sync().succeeded());
    sim.run(Duration.ofSeconds(1));
    assertEquals(handles, handles());
    sim.run(SessionConnections.IDLE);
    assertEquals(0, network.connections(), "connections on which there is a session still");
  }

  /** The only stream that the peer lets this side have at once. */
  @Test
  void when_aStreamOpensTooLate_then_thereIsRoomForTheNextOne() {
    List<CompletableFuture<Void>> late = new ArrayList<>();
    open =
        connection -> {
          late.add(new CompletableFuture<>());
          return connection.openBidi().thenCombine(late.get(late.size() - 1), (stream, now) -> stream);
        };
    assertInstanceOf(DocsTimeoutException.class, sync().failure().orElseThrow());
    late.get(0).complete(null);
    open = Connection::openBidi;
    assertEquals(Optional.empty(), sync().failure());
    assertEquals(1, bob.connections);
  }
}
