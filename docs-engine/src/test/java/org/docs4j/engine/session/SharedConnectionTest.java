package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

/** Nodes that keep the connection between sessions, and peers that make something else of it. */
class SharedConnectionTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Duration A_MOMENT = Duration.ofMillis(500);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode alice = new SyncNode(sim, network, "alice", ReconcilerConfig.DEFAULT);
  private final SyncNode bob = new SyncNode(sim, network, "bob", ReconcilerConfig.DEFAULT);

  /** Documents that some nodes keep and have open. */
  private List<Capability> documents(int count, SyncNode... keepers) {
    List<Capability> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Capability document = new Capability.Write(NamespaceSecret.random(alice.environment.random()));
      for (SyncNode keeper : keepers) {
        open(keeper, document);
      }
      documents.add(document);
    }
    return documents;
  }

  private static void open(SyncNode node, Capability document) {
    node.await(node.sync.importNamespace(document));
    node.await(node.sync.open(document.id(), OpenOptions.SYNC));
  }

  private List<CompletableFuture<SessionResult>> dial(List<Capability> documents) {
    return documents.stream()
        .map(document -> alice.sessions.dial(alice.endpoint, bob.endpoint.addr(), document.id()))
        .toList();
  }

  private void assertSynced(SyncNode from, SyncNode to) {
    from.set(Entries.AUTHORS.get(0), "key " + from.entries().size(), "content");
    assertEquals(Optional.empty(), from.syncWith(to).failure());
    sim.run(A_MOMENT);
    assertEquals(from.entries(), to.entries());
  }

  @Test
  void when_sessionsFollowEachOther_then_theyUseOneConnectionUntilItIsIdle() {
    for (int i = 0; i < 5; i++) {
      assertSynced(alice, bob);
      sim.run(SessionConnections.IDLE.minusSeconds(1));
    }
    assertEquals(1, bob.connections);
    assertEquals(5, bob.accepted.size());
    assertTrue(bob.accepted.stream().allMatch(SessionResult::succeeded));
    assertEquals(5, bob.started.stream().distinct().count(), "times at which sessions began");
    sim.run(Duration.ofSeconds(2));
    assertEquals(0, network.connections(), "connections of nodes that have nothing to do");
    assertSynced(alice, bob);
    assertEquals(2, bob.connections);
  }

  @Test
  void when_manyDocumentsAreSyncedAtOnce_then_thePeerIsDialledOnce() {
    List<CompletableFuture<SessionResult>> sessions = dial(documents(20, alice, bob));
    sessions.forEach(session -> assertEquals(Optional.empty(), alice.await(session).failure()));
    assertEquals(1, bob.connections);
  }

  /** A node of the reference takes one session a connection: those who wait for the first dial do not share it. */
  @Test
  void when_thePeerTakesOneSessionAConnection_then_eachHasItsOwn() {
    SyncNode old =
        new SyncNode(sim, network, "old", ReconcilerConfig.DEFAULT, List.of(SessionContext.ALPN));
    List<CompletableFuture<SessionResult>> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sessions.add(alice.sessions.dial(alice.endpoint, old.endpoint.addr(), DOC));
    }
    sessions.forEach(session -> assertEquals(Optional.empty(), alice.await(session).failure()));
    assertSynced(alice, old);
    assertEquals(4, old.connections);
    sim.run(A_MOMENT);
    assertEquals(0, network.connections());
  }

  /** Sessions on a connection whose peer was killed fail when the transport has noticed, and share one dial then. */
  @Test
  void when_aPeerIsBackWithoutAWord_then_itIsDialledOnceForAll() {
    assertSynced(alice, bob);
    List<Capability> documents = documents(20, alice);
    SyncNode back = bob.restart();
    assertEquals(bob.endpoint.id(), back.endpoint.id());
    documents.forEach(document -> open(back, document));
    List<CompletableFuture<SessionResult>> sessions = dial(documents);
    sessions.forEach(session -> assertEquals(Optional.empty(), alice.await(session).failure()));
    assertEquals(1, back.connections);
    assertSynced(alice, back);
  }

  @Test
  void when_aKeptConnectionBreaks_then_thePeerIsDialledAgain() {
    assertSynced(alice, bob);
    network.cut(alice.endpoint.id(), bob.endpoint.id());
    assertSynced(alice, bob);
    assertEquals(2, bob.connections);
  }

  @Test
  void when_aKeptConnectionBreaksBeforeTheAnswer_then_thePeerIsDialledAgain() {
    assertSynced(alice, bob);
    List<NamespaceId> asked = new ArrayList<>();
    bob.decision =
        Optional.of(
            (namespace, peer) -> {
              asked.add(namespace);
              return asked.size() == 1 ? new CompletableFuture<>() : CompletableFuture.completedFuture(bob.answer);
            });
    CompletableFuture<SessionResult> session = alice.sessions.dial(alice.endpoint, bob.endpoint.addr(), DOC);
    sim.runUntil(() -> !asked.isEmpty(), A_MOMENT);
    network.cut(alice.endpoint.id(), bob.endpoint.id());
    assertEquals(Optional.empty(), alice.await(session).failure());
    assertEquals(2, bob.connections);
  }

  /** Who turns a session away is there, so another connection would not help. */
  @Test
  void when_thePeerHasNoRoom_then_itIsNotDialledAgain() {
    assertSynced(alice, bob);
    List<Capability> documents = documents(Sessions.MAX_OF_A_PEER + 6, alice, bob);
    bob.decision = Optional.of((namespace, peer) -> new CompletableFuture<>());
    List<CompletableFuture<SessionResult>> sessions = dial(documents);
    sim.run(A_MOMENT);
    assertEquals(6, sessions.stream().filter(CompletableFuture::isDone).count());
    assertEquals(1, bob.connections);
  }

  /** The place of a session that never began is given back: the connection becomes idle and is closed. */
  @Test
  void when_theDocumentIsNotKept_then_theConnectionGoesOn() {
    assertSynced(alice, bob);
    Capability unknown = new Capability.Write(NamespaceSecret.random(alice.environment.random()));
    assertFalse(dial(List.of(unknown)).stream().map(alice::await).anyMatch(SessionResult::succeeded));
    assertSynced(alice, bob);
    assertEquals(1, bob.connections);
    sim.run(SessionConnections.IDLE.plusSeconds(1));
    assertEquals(0, network.connections());
  }

  @Test
  void when_nobodyIsThereAnyMore_then_theSessionFails() {
    assertSynced(alice, bob);
    network.kill(bob.endpoint.id());
    assertFalse(alice.syncWith(bob).succeeded());
  }

  @Test
  void when_oneStreamIsWrong_then_theOthersGoOn() {
    Raw raw = new Raw();
    BidiStream first = raw.open(HostilePeer.init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), false)));
    assertTrue(raw.hears(first), "an answer to the first session");
    BidiStream wrong = raw.open(new byte[] {0, 0, 0, 3, 9, 9, 9});
    assertFalse(raw.hears(wrong), "an answer to garbage");
    BidiStream third = raw.open(HostilePeer.init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), false)));
    assertTrue(raw.hears(third), "an answer to the third session");
    raw.finish(first);
    raw.finish(third);
    sim.run(A_MOMENT);
    assertEquals(2, bob.accepted.size());
    assertTrue(bob.accepted.stream().allMatch(SessionResult::succeeded));
    assertFalse(HostilePeer.isClosed(raw.connection));
  }

  @Test
  void when_aConnectionStaysIdle_then_itIsClosed() {
    Raw raw = new Raw();
    sim.run(Sessions.IDLE.minusSeconds(1));
    assertFalse(HostilePeer.isClosed(raw.connection));
    sim.run(Duration.ofSeconds(2));
    assertTrue(HostilePeer.isClosed(raw.connection));
  }

  @Test
  void when_aPeerBeginsTooManySessions_then_theLastAreTurnedAwayAndOthersAreServed() {
    Raw raw = new Raw();
    List<BidiStream> waiting = new ArrayList<>();
    for (int i = 0; i < Sessions.MAX_OF_A_PEER; i++) {
      waiting.add(raw.open(new byte[] {0}));
    }
    sim.run(A_MOMENT);
    try (LogWatch log = new LogWatch("org.docs4j.engine.session")) {
      for (int i = 0; i < 3; i++) {
        assertFalse(raw.hears(raw.open(HostilePeer.init())), "an answer to one session too many");
      }
      sim.run(TurnedAway.SPACING);
      assertTrue(log.said("too many sessions", "turned 3 of " + raw.endpoint.id().shortText()), () -> "log: " + log);
    }
    assertSynced(alice, bob);
    waiting.forEach(stream -> stream.send().reset(0));
    sim.run(A_MOMENT);
    BidiStream next = raw.open(HostilePeer.init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), false)));
    assertTrue(raw.hears(next), "an answer when there is room again");
  }

  /** The peer may know of the end of a session, and begin the next, before this side has seen it. */
  @Test
  void when_aSessionFollowsOneThatEnds_then_itIsDecidedAfterThat() {
    List<Duration> decided = new ArrayList<>();
    long begin = sim.environment("test").ticker().nanos();
    bob.decision =
        Optional.of(
            (namespace, peer) -> {
              decided.add(sim.environment("test").ticker().since(begin));
              return CompletableFuture.completedFuture(bob.answer);
            });
    Raw raw = new Raw();
    byte[] init = HostilePeer.init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), false));
    BidiStream first = raw.open(init);
    assertTrue(raw.hears(first));
    BidiStream second = raw.open(init);
    sim.run(A_MOMENT);
    assertEquals(1, decided.size(), "decisions while the first session has not ended");
    raw.finish(first);
    assertTrue(raw.hears(second), "an answer once it has");
    BidiStream third = raw.open(init);
    assertTrue(raw.hears(third), "an answer though the second session does not end");
    assertTrue(decided.get(2).minus(decided.get(1)).compareTo(Duration.ofMillis(900)) > 0, "a while was given to it");
  }

  /** A peer that does on a shared connection what it likes. */
  private final class Raw {
    private final Environment environment = sim.environment("raw");
    private final Endpoint endpoint = network.endpoint(EndpointSecret.random(environment.random()), environment);
    private final Connection connection =
        bob.await(endpoint.connect(bob.endpoint.addr(), SessionContext.SHARED).toCompletableFuture());

    BidiStream open(byte[] bytes) {
      BidiStream stream = bob.await(connection.openBidi().toCompletableFuture());
      bob.await(stream.send().write(ByteBuffer.wrap(bytes)).toCompletableFuture());
      return stream;
    }

    void finish(BidiStream stream) {
      bob.await(stream.send().finish().toCompletableFuture());
    }

    /** Whether something comes on a stream before it ends. */
    boolean hears(BidiStream stream) {
      CompletableFuture<Optional<ByteBuffer>> read = stream.receive().read(1 << 16).toCompletableFuture();
      sim.runUntil(read::isDone, Duration.ofSeconds(20));
      return !read.isCompletedExceptionally() && read.join().isPresent();
    }
  }
}
