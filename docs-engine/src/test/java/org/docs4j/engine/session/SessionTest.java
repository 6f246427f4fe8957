package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.docs4j.api.AbortReason;
import org.docs4j.api.DocsException;
import org.docs4j.api.SyncAbortedException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private static final ReconcilerConfig REFERENCE = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);

  /** Each session has a connection of its own, as with nodes of the reference. */
  private static final List<Alpn> ONE_EACH = List.of(SessionContext.ALPN);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);

  private SyncNode node(String name, ReconcilerConfig config) {
    return new SyncNode(sim, network, name, config, ONE_EACH);
  }

  private static void fill(SyncNode node, RandomGenerator random, int writes) {
    for (int i = 0; i < writes; i++) {
      Author author = Entries.AUTHORS.get(random.nextInt(3));
      String key = "key " + random.nextInt(30);
      if (random.nextInt(6) == 0) {
        node.delete(author, key.substring(0, 4 + random.nextInt(2)));
      } else {
        node.set(author, key, "content " + random.nextInt(1000));
      }
      node.sim.run(Duration.ofMillis(1 + random.nextInt(5)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void when_replicasDiffer_then_sessionsMakeThemEqual(long seed) {
    SimEnvironment seeded = SimEnvironment.seeded(seed);
    SimNetwork net = SimNetwork.virtual(seeded);
    RandomGenerator random = seeded.environment("test").random();
    SyncNode alice = new SyncNode(seeded, net, "alice", ReconcilerConfig.DEFAULT);
    ReconcilerConfig config = seed % 2 == 0 ? REFERENCE : ReconcilerConfig.DEFAULT;
    SyncNode bob = new SyncNode(seeded, net, "bob", config, seed % 2 == 0 ? ONE_EACH : SessionContext.PROTOCOLS);
    for (int round = 0; round < 4; round++) {
      fill(alice, random, 40);
      fill(bob, random, 40);
      int sessions = 0;
      while (!alice.entries().equals(bob.entries())) {
        SessionResult result = round % 2 == 0 ? alice.syncWith(bob) : bob.syncWith(alice);
        assertTrue(result.succeeded(), "seed " + seed + ": " + result.failure());
        sessions++;
        assertTrue(sessions < 5, "seed " + seed + ": not equal after " + sessions + " sessions");
      }
    }
    assertTrue(bob.accepted.stream().allMatch(SessionResult::succeeded));
    assertTrue(alice.accepted.stream().allMatch(SessionResult::succeeded));
    seeded.run(Duration.ofSeconds(20));
    assertEquals(0, net.connections(), "connections left open");
  }

  @Test
  void when_replicasAreEqual_then_bothReportSuccess() {
    SyncNode alice = node("alice", ReconcilerConfig.DEFAULT);
    SyncNode bob = node("bob", ReconcilerConfig.DEFAULT);
    SessionResult result = alice.syncWith(bob);
    assertTrue(result.succeeded());
    sim.run(Duration.ofSeconds(10));
    assertEquals(1, bob.accepted.size());
    assertTrue(bob.accepted.get(0).succeeded());
    assertEquals(0, network.connections());
  }

  @Test
  void when_peerDeclines_then_reasonArrives() {
    SyncNode alice = node("alice", ReconcilerConfig.DEFAULT);
    SyncNode bob = node("bob", ReconcilerConfig.DEFAULT);
    bob.refuse(AbortReason.NOT_FOUND);
    DocsException failure = alice.syncWith(bob).failure().orElseThrow();
    assertEquals(AbortReason.NOT_FOUND, assertInstanceOf(SyncAbortedException.class, failure).reason());
    sim.run(Duration.ofSeconds(40));
    assertEquals(0, network.connections());
  }

  @Test
  void when_nobodyAnswers_then_dialFailsInBoundedTime() {
    SyncNode alice = node("alice", ReconcilerConfig.DEFAULT);
    SyncNode bob = node("bob", ReconcilerConfig.DEFAULT);
    network.kill(bob.endpoint.id());
    assertFalse(alice.syncWith(bob).succeeded());
  }

  @Test
  void when_manyEntriesAreSynced_then_countsTellHowMany() {
    SyncNode alice = node("alice", ReconcilerConfig.DEFAULT);
    SyncNode bob = node("bob", ReconcilerConfig.DEFAULT);
    for (int i = 0; i < 300; i++) {
      alice.set(Entries.AUTHORS.get(0), "alice " + i + ".", "x" + i);
    }
    for (int i = 0; i < 20; i++) {
      bob.set(Entries.AUTHORS.get(1), "bob " + i + ".", "x" + i);
    }
    SessionResult result = alice.syncWith(bob);
    assertEquals(List.of(300L, 20L, 0L), List.of(result.sent(), result.received(), result.rejected()));
    sim.run(Duration.ofSeconds(10));
    assertEquals(300L, bob.accepted.get(0).received());
    assertEquals(alice.entries(), bob.entries());
  }

  /** The core knows nothing of contents, so the session adds what it is told; of a deletion there is nothing to lack. */
  @Test
  void when_entriesAreSent_then_eachTellsTheStatusOfItsContent() {
    SyncNode node = node("node", ReconcilerConfig.DEFAULT);
    Author author = Entries.AUTHORS.get(0);
    Map<Hash, ContentStatus> contents = new HashMap<>(Map.of(Hash.EMPTY, ContentStatus.MISSING));
    Map<Key, ContentStatus> expected = new HashMap<>(Map.of(Key.of("deleted"), ContentStatus.COMPLETE));
    for (ContentStatus status : ContentStatus.values()) {
      Entry entry = node.set(author, status.name(), "content " + status).entry();
      contents.put(entry.record().hash(), status);
      expected.put(entry.id().key(), status);
    }
    node.delete(author, "deleted");
    node.contents = contents::get;
    HostilePeer peer = new HostilePeer(sim, network, sim.environment("raw"), node);
    peer.send(true, HostilePeer.init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), false)));
    Map<Key, ContentStatus> told = new HashMap<>();
    for (Part part : ((SyncMessage.Sync) peer.messages().get(0)).message().parts()) {
      ((Part.RangeItem) part).values().forEach(value -> told.put(value.entry().id().key(), value.contentStatus()));
    }
    assertEquals(expected, told);
  }
}
