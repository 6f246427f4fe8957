package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a document while a peer is dialled, when the first message is made already. */
class SlowDialTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Duration DIAL = Duration.ofSeconds(1);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode alice = new SyncNode(sim, network, "alice", ReconcilerConfig.DEFAULT);
  private final SyncNode bob = new SyncNode(sim, network, "bob", ReconcilerConfig.DEFAULT);

  @BeforeEach
  void makeEqual() {
    alice.set(Entries.AUTHORS.get(0), "before", "x");
    assertTrue(alice.syncWith(bob).succeeded());
    sim.run(Duration.ofSeconds(10));
    assertEquals(alice.entries(), bob.entries());
  }

  /** Alice's endpoint, the dials of which begin late. */
  private Endpoint slow() {
    return (Endpoint)
        Proxy.newProxyInstance(
            SlowDialTest.class.getClassLoader(),
            new Class<?>[] {Endpoint.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("connect")) {
                CompletableFuture<Void> later = new CompletableFuture<>();
                alice.environment.executor().schedule(DIAL, Runnable::run, () -> later.complete(null));
                return later.thenCompose(
                    now -> alice.endpoint.connect((EndpointAddr) arguments[0], SessionContext.PROTOCOLS));
              }
              return method.invoke(alice.endpoint, arguments);
            });
  }

  private CompletableFuture<SessionResult> dial(Endpoint endpoint) {
    return alice.sessions.dial(endpoint, bob.endpoint.addr(), DOC);
  }

  @Test
  void when_somethingIsWrittenMeanwhile_then_itIsSent() {
    CompletableFuture<SessionResult> session = dial(slow());
    sim.run(DIAL.dividedBy(2));
    alice.set(Entries.AUTHORS.get(0), "meanwhile", "y");
    assertTrue(alice.await(session).succeeded());
    sim.run(Duration.ofSeconds(10));
    assertEquals(2, bob.entries().size());
  }

  @Test
  void when_theDocumentIsDroppedMeanwhile_then_theSessionFailsAndNothingIsLeft() {
    CompletableFuture<SessionResult> session = dial(slow());
    sim.run(DIAL.dividedBy(2));
    alice.await(alice.sync.drop(DOC));
    assertFalse(alice.await(session).succeeded());
    sim.run(Duration.ofSeconds(40));
    assertEquals(0, network.connections());
    assertEquals(1, bob.entries().size());
  }

  @Test
  void when_theEndpointThrows_then_theSessionFailsAndTheDocumentIsGivenBack() {
    ReplicaHandle another = alice.await(alice.sync.open(DOC, OpenOptions.DEFAULT));
    Endpoint broken =
        (Endpoint)
            Proxy.newProxyInstance(
                SlowDialTest.class.getClassLoader(),
                new Class<?>[] {Endpoint.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException("test");
                });
    int handles = alice.await(alice.sync.state(DOC)).handles();
    assertFalse(alice.await(dial(broken)).succeeded());
    sim.run(Duration.ofSeconds(1));
    assertEquals(handles, alice.await(alice.sync.state(DOC)).handles());
    alice.await(alice.sync.close(another).toCompletableFuture());
  }
}
