package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However much one swarm says at once, it takes a small part of what all documents share. */
class SwarmFloodTest {
  private static final int MESSAGES = 900;
  private static final Author AUTHOR = Entries.AUTHORS.get(0);
  private static final Hash CONTENT = Hash.ofContent(new byte[] {1});

  private final LogWatch log = new LogWatch("org.docs4j.engine");
  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SwarmHub hub = new SwarmHub();
  private final Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
  private final LiveNode alice = new LiveNode(sim, network, hub, contents, "alice");
  private final EndpointId raw = EndpointSecret.random(sim.environment("raw").random()).id();
  private final GossipTopic hostile;

  SwarmFloodTest() {
    alice.start();
    hostile = hub.gossip(raw).join(Entries.NAMESPACE.id().topic(), List.of(), event -> {});
    sim.run(Duration.ofSeconds(60));
    alice.mostTasks = 0;
  }

  @AfterEach
  void close() {
    hostile.close();
    log.close();
  }

  private void put(SignedEntry entry) {
    assertTrue(hostile.broadcast(OpCodec.encode(new Op.Put(entry), SwarmHub.MAX_BYTES)));
  }

  private static SignedEntry signed(String key) {
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(key));
    return new Entry(id, new Record(1, CONTENT, new Timestamp(5))).sign(Entries.NAMESPACE, AUTHOR);
  }

  @Test
  void when_validEntriesComeAllAtOnce_then_theyAreStoredByFewTasks() {
    for (int i = 0; i < MESSAGES; i++) {
      put(signed("key " + (10_000 + i)));
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(MESSAGES, alice.entries());
    assertTrue(alice.mostTasks <= SwarmInbox.LANES, "tasks that waited at once: " + alice.mostTasks);
  }

  @Test
  void when_forgedEntriesComeAllAtOnce_then_theyTakeOneTaskAtATimeAndFewLinesOfTheLog() {
    for (int i = 0; i < MESSAGES; i++) {
      put(Entries.unsigned(AUTHOR, "key " + i, 5, "x"));
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(1, alice.mostTasks, "tasks that waited at once");
    long lines = log.toString().lines().filter(line -> line.startsWith("dropped ")).count();
    assertTrue(lines > 0 && lines <= MESSAGES / SwarmInbox.BATCH + 2, "lines: " + lines);
    for (int i = 0; i < 3; i++) {
      put(signed("key " + i));
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(3, alice.entries());
  }
}
