package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;

class LiveActorTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Author AUTHOR = Entries.AUTHORS.get(0);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SwarmHub hub = new SwarmHub();
  private final Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
  private final LiveNode alice = new LiveNode(sim, network, hub, contents, "alice");
  private final LiveNode bob = new LiveNode(sim, network, hub, contents, "bob");

  private void startBoth() {
    alice.endpoint.learn(bob.endpoint.addr());
    bob.endpoint.learn(alice.endpoint.addr());
    alice.start();
    bob.start();
    sim.run(Duration.ofSeconds(40));
  }

  @Test
  void when_entryIsTooLargeForGossip_then_neighborsGetItAlthoughTheNextOneFits() {
    startBoth();
    alice.set(AUTHOR, "k".repeat(SwarmHub.MAX_BYTES));
    alice.set(AUTHOR, "small");
    sim.run(Duration.ofSeconds(5));
    assertEquals(2, bob.entries());
    sim.runUntilIdle();
  }

  @Test
  void when_swarmLosesMessagesSilently_then_aSessionMakesUpForItAndThenAllIsQuiet() {
    startBoth();
    hub.dropping = true;
    alice.set(AUTHOR, "lost");
    sim.run(LiveState.CHECK_QUIET.minusSeconds(1));
    assertEquals(0, bob.entries());
    sim.run(Duration.ofSeconds(5));
    assertEquals(1, bob.entries());
    sim.runUntilIdle();
  }

  @Test
  void when_listenerLags_then_itSyncsWithItsNeighborsAtOnce() {
    startBoth();
    hub.dropping = true;
    alice.set(AUTHOR, "missed");
    hub.lag(bob.endpoint.id());
    sim.run(Duration.ofSeconds(5));
    assertEquals(1, bob.entries());
  }

  @Test
  void when_downloadsThrow_then_theyAreTriedAgainAndNoSlotIsLost() {
    startBoth();
    int entries = ContentQueue.MAX_RUNNING + 10;
    bob.broken = entries;
    for (int i = 0; i < entries; i++) {
      alice.set(AUTHOR, "key " + i);
    }
    sim.runUntil(() -> bob.contents().size() == entries, Duration.ofMinutes(2));
    assertEquals(0, bob.broken);
    sim.runUntilIdle();
  }

  @Test
  void when_nobodyHasContentAtFirst_then_itIsFetchedOnceANeighborHasIt() {
    startBoth();
    alice.set(AUTHOR, "k");
    Set<Hash> kept = Set.copyOf(alice.contents());
    alice.contents().clear();
    sim.run(Duration.ofSeconds(30));
    assertEquals(Set.of(), bob.contents());
    alice.contents().addAll(kept);
    sim.runUntil(() -> bob.contents().equals(kept), Duration.ofMinutes(2));
  }

  @Test
  void when_nodeIsClosed_then_requestsFailAtOnceAndSubscriptionsEnd() {
    startBoth();
    LiveEvents before = alice.live.subscribe(DOC);
    alice.close();
    alice.close();
    List<CompletableFuture<Boolean>> requests =
        List.of(alice.live.startSync(DOC, List.of()), alice.live.leave(DOC), alice.live.forget(DOC));
    for (CompletableFuture<Boolean> request : requests) {
      assertTrue(request.isDone());
      CompletionException failure = assertThrows(CompletionException.class, request::join);
      assertInstanceOf(ReplicaClosedException.class, failure.getCause());
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), before.poll(Duration.ZERO));
    assertTrue(before.isEnded());
    assertTrue(alice.live.subscribe(DOC).isEnded());
  }
}
