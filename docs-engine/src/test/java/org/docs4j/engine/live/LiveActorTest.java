package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.session.SessionContext;
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
  void when_syncStartsWithAPeer_then_theSwarmIsContactedAfterTheSession() {
    bob.start();
    hub.contacted.clear();
    LiveEvents events = alice.live.subscribe(DOC);
    alice.await(alice.live.startSync(DOC, List.of(bob.endpoint.addr())));
    sim.runUntil(() -> !hub.contacted.isEmpty(), LiveDocuments.CONTACT_DELAY.dividedBy(2));
    assertEquals(List.of(bob.endpoint.addr()), hub.contacted);
    assertTrue(finished(events), "contacted before the session ended");
    sim.run(LiveDocuments.CONTACT_DELAY.multipliedBy(2));
    assertEquals(1, hub.contacted.size(), "contacted again");
  }

  @Test
  void when_documentIsLeftWhileItsSyncStarts_then_whatWasAskedForLastIsSo() {
    CompletableFuture<Boolean> started = alice.live.startSync(DOC, List.of());
    CompletableFuture<Boolean> left = alice.live.leave(DOC);
    assertTrue(alice.await(left), "was not synced");
    assertTrue(started.join());
    assertFalse(alice.await(alice.sync.state(DOC)).sync());
    assertFalse(alice.await(alice.live.leave(DOC)), "was still synced");
    List<CompletableFuture<Boolean>> changes =
        List.of(
            alice.live.startSync(DOC, List.of()), alice.live.leave(DOC), alice.live.startSync(DOC, List.of()));
    changes.forEach(alice::await);
    assertTrue(alice.await(alice.sync.state(DOC)).sync());
    assertTrue(alice.await(alice.live.leave(DOC)), "was not synced");
  }

  @Test
  void when_documentIsBeingRemoved_then_itIsNotStartedBeforeItIsGone() {
    CompletableFuture<Void> begins = new CompletableFuture<>();
    CompletableFuture<NamespaceId> removed =
        alice.live.remove(DOC, () -> begins.thenCompose(now -> alice.sync.drop(DOC)));
    CompletableFuture<Boolean> started = alice.live.startSync(DOC, List.of());
    sim.run(Duration.ofSeconds(1));
    assertFalse(started.isDone(), "started before");
    begins.complete(null);
    assertEquals(DOC, alice.await(removed));
    sim.run(Duration.ofSeconds(1));
    CompletionException failure = assertThrows(CompletionException.class, started::join);
    assertInstanceOf(ReplicaNotFoundException.class, failure.getCause());
  }

  private static boolean finished(LiveEvents events) {
    Optional<LiveEvent> next = events.poll(Duration.ZERO);
    while (next.isPresent() && !(next.get() instanceof LiveEvent.SyncFinished)) {
      next = events.poll(Duration.ZERO);
    }
    return next.isPresent();
  }

  @Test
  void when_nobodyAnswersToTheDial_then_theSwarmIsContactedAfterAWhile() {
    network.firewall().drop(alice.endpoint.id(), bob.endpoint.id());
    alice.await(alice.live.startSync(DOC, List.of(bob.endpoint.addr())));
    sim.run(LiveDocuments.CONTACT_DELAY.minusMillis(1));
    assertEquals(List.of(), hub.contacted);
    sim.run(Duration.ofMillis(2));
    assertEquals(List.of(bob.endpoint.addr()), hub.contacted);
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
  void when_endpointThrows_then_thePeerIsDialledAgain() {
    startBoth();
    hub.dropping = true;
    alice.set(AUTHOR, "missed");
    bob.lost = 1;
    hub.lag(bob.endpoint.id());
    sim.run(Duration.ofSeconds(5));
    assertEquals(0, bob.lost);
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

  private Optional<String> failureOfASession(LiveEvents events) {
    for (Optional<LiveEvent> event = events.poll(Duration.ZERO); event.isPresent(); event = events.poll(Duration.ZERO)) {
      if (event.get() instanceof LiveEvent.SyncFinished finished) {
        return finished.report().failure();
      }
    }
    return Optional.of("there was no session");
  }

  @Test
  void when_namedPeerWasNeverReached_then_itIsRememberedUntilOneWas() {
    EndpointAddr silent = EndpointAddr.of(EndpointId.of(new byte[32]));
    alice.start();
    alice.await(alice.live.startSync(DOC, List.of(silent)));
    assertEquals(List.of(silent.id()), alice.remembered());

    bob.set(AUTHOR, "k");
    startBoth();
    EndpointAddr other = EndpointAddr.of(EndpointId.of("another peer, silent like that  ".getBytes(StandardCharsets.US_ASCII)));
    alice.await(alice.live.startSync(DOC, List.of(other)));
    assertEquals(List.of(bob.endpoint.id(), silent.id()), alice.remembered());
  }

  @Test
  void when_applicationRefusesAPeer_then_itHearsTheReasonAndNobodyIsDialled() {
    alice.access = (document, peer) -> new SyncAccess.Decision.Refuse();
    hub.dropping = true;
    alice.set(AUTHOR, "secret");
    LiveEvents atAlice = alice.live.subscribe(DOC);
    LiveEvents atBob = bob.live.subscribe(DOC);
    startBoth();
    assertEquals(0, bob.entries());
    assertTrue(failureOfASession(atBob).orElseThrow().contains(AbortReason.NOT_FOUND.sentence()));
    assertEquals(Optional.of("there was no session"), failureOfASession(atAlice));
    alice.access = SyncAccess.EVERYONE;
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
    assertEquals(1, bob.entries());
  }

  @Test
  void when_decisionIsAboutOneOfTwoPeers_then_theOtherOneSyncs() {
    LiveNode carol = new LiveNode(sim, network, hub, contents, "carol");
    carol.endpoint.learn(alice.endpoint.addr());
    alice.endpoint.learn(carol.endpoint.addr());
    alice.access =
        (document, peer) ->
            peer.equals(bob.endpoint.id())
                ? new SyncAccess.Decision.Refuse(AbortReason.NOT_FOUND)
                : new SyncAccess.Decision.Allow();
    carol.access = (document, peer) -> {
      if (peer.equals(bob.endpoint.id())) {
        throw new IllegalStateException("a mistake of the application");
      }
      return new SyncAccess.Decision.Allow();
    };
    hub.dropping = true;
    alice.set(AUTHOR, "k");
    carol.start();
    startBoth();
    assertEquals(1, carol.entries());
    assertEquals(0, bob.entries());
  }

  @Test
  void when_peerAsksForADocumentThatIsNotSynced_then_theApplicationIsNotAsked() {
    alice.access =
        (document, peer) -> {
          throw new AssertionError("asked about " + document);
        };
    bob.endpoint.learn(alice.endpoint.addr());
    LiveEvents atBob = bob.live.subscribe(DOC);
    bob.start();
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
    assertTrue(failureOfASession(atBob).orElseThrow().contains(AbortReason.NOT_FOUND.sentence()));
  }

  @Test
  void when_peerDialsWhileSyncBegins_then_itWaitsForItInsteadOfBeingDeclined() {
    bob.endpoint.learn(alice.endpoint.addr());
    alice.set(AUTHOR, "k");
    hub.dropping = true;
    LiveEvents atBob = bob.live.subscribe(DOC);
    alice.busy(true);
    CompletableFuture<Boolean> started = alice.live.startSync(DOC, List.of());
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
    assertFalse(started.isDone());
    alice.busy(false);
    sim.run(Duration.ofMillis(400));
    assertEquals(Optional.empty(), failureOfASession(atBob));
    assertEquals(1, bob.entries());
  }

  @Test
  void when_syncNeverBegins_then_aPeerThatWaitsIsDeclined() {
    bob.endpoint.learn(alice.endpoint.addr());
    LiveEvents atBob = bob.live.subscribe(DOC);
    alice.busy(true);
    CompletableFuture<Boolean> started = alice.live.startSync(DOC, List.of());
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(SessionContext.DEFAULT_PATIENCE.dividedBy(2).plusSeconds(1));
    assertFalse(started.isDone());
    assertTrue(failureOfASession(atBob).orElseThrow().contains(AbortReason.NOT_FOUND.sentence()));
    alice.busy(false);
    alice.await(started);
  }

  @Test
  void when_syncIsLeftDuringASessionOfAPeer_then_theSessionGoesToItsEndAndTheNextOneIsDeclined() {
    startBoth();
    hub.dropping = true;
    alice.set(AUTHOR, "k");
    sim.run(Duration.ofMinutes(1));
    bob.await(bob.live.leave(DOC));
    alice.set(AUTHOR, "later");
    LiveEvents atBob = bob.live.subscribe(DOC);
    alice.busy(true);
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
    CompletableFuture<Boolean> left = alice.live.leave(DOC);
    sim.run(Duration.ofSeconds(1));
    alice.busy(false);
    assertTrue(alice.await(left));
    sim.run(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), failureOfASession(atBob));
    assertEquals(2, bob.entries());
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(1));
    assertTrue(failureOfASession(atBob).orElseThrow().contains(AbortReason.NOT_FOUND.sentence()));
    alice.start();
    sim.run(Duration.ofMinutes(1));
    bob.set(AUTHOR, "back");
    sim.run(Duration.ofMinutes(2));
    assertEquals(3, alice.entries());
  }

  @Test
  void when_startOfSyncFails_then_aPeerThatWaitsIsDeclined() {
    bob.endpoint.learn(alice.endpoint.addr());
    LiveEvents atBob = bob.live.subscribe(DOC);
    alice.await(alice.sync.drop(DOC));
    alice.busy(true);
    CompletableFuture<Boolean> started = alice.live.startSync(DOC, List.of());
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(1));
    alice.busy(false);
    sim.run(Duration.ofMillis(400));
    assertTrue(started.isCompletedExceptionally());
    assertTrue(failureOfASession(atBob).orElseThrow().contains(AbortReason.NOT_FOUND.sentence()));
  }

  @Test
  void when_nodeIsClosed_then_requestsFailAtOnceAndSubscriptionsEnd() {
    startBoth();
    LiveEvents before = alice.live.subscribe(DOC);
    alice.close();
    alice.close();
    List<CompletableFuture<Boolean>> requests =
        List.of(
            alice.live.startSync(DOC, List.of()),
            alice.live.leave(DOC),
            alice.live.remove(DOC, () -> CompletableFuture.completedFuture(true)));
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
