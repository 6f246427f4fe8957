package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.gossip.proto.BroadcastMessage.Announcement;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.BroadcastMessage.Graft;
import org.docs4j.gossip.proto.BroadcastMessage.IHave;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.SwarmSimulation.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole swarms in virtual time; a failure names its seed. */
class SwarmSimulationTest {
  private static final int NODES = 80;

  private static Bytes content(int number) {
    return Bytes.of(("message " + number).getBytes(StandardCharsets.UTF_8));
  }

  /** All nodes join through the first one, a few each second. */
  private static SwarmSimulation swarm(long seed, int size) {
    SwarmSimulation swarm = new SwarmSimulation(seed, topic(1));
    Node first = swarm.start(1);
    for (int i = 2; i <= size; i++) {
      swarm.start(i, first.id);
      swarm.run(Duration.ofMillis(200));
    }
    swarm.run(Duration.ofSeconds(130));
    return swarm;
  }

  /** Broadcasts from random nodes and asserts that all others get each message once. */
  private static void assertEveryoneHears(SwarmSimulation swarm, long seed, int first, int count) {
    List<Node> alive = swarm.alive();
    alive.forEach(node -> node.received.clear());
    SplittableRandom random = new SplittableRandom(seed);
    List<Node> senders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      senders.add(alive.get(random.nextInt(alive.size())));
      swarm.broadcast(senders.get(i), content(first + i));
      swarm.run(Duration.ofMillis(100));
    }
    swarm.run(Duration.ofSeconds(5));
    for (Node node : alive) {
      Set<Bytes> expected = new HashSet<>();
      for (int i = 0; i < count; i++) {
        if (!senders.get(i).equals(node)) {
          expected.add(content(first + i));
        }
      }
      List<Bytes> heard = node.received.stream().map(Received::content).toList();
      assertEquals(expected, new HashSet<>(heard), "seed " + seed + ", node " + node.id.shortText());
      assertEquals(expected.size(), heard.size(), "seed " + seed + ": heard twice");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void when_manyNodesJoinThroughOne_then_everyoneHearsEverything(long seed) {
    SwarmSimulation swarm = swarm(seed, NODES);
    for (Node node : swarm.alive()) {
      int neighbors = node.state.neighbors(swarm.topic).size();
      assertTrue(neighbors >= 1 && neighbors <= 5, "seed " + seed + ": " + neighbors + " neighbours");
    }
    assertEveryoneHears(swarm, seed, 0, 30);
    swarm.sentFull = 0;
    assertEveryoneHears(swarm, seed, 30, 20);
    double perNode = swarm.sentFull / (20.0 * (NODES - 1));
    assertTrue(perNode < 1.5, "seed " + seed + ": each message was sent " + perNode + " times to each node");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void when_aFifthOfTheNodesDies_then_theOthersStillHearEverything(long seed) {
    SwarmSimulation swarm = swarm(seed, NODES);
    assertEveryoneHears(swarm, seed, 0, 10);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < NODES / 5; i++) {
      List<Node> alive = swarm.alive();
      swarm.kill(alive.get(random.nextInt(alive.size())));
    }
    swarm.run(Duration.ofSeconds(60));
    assertEveryoneHears(swarm, seed, 1000, 30);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void when_theContactStartsLast_then_everyoneFindsTheOthers(long seed) {
    SwarmSimulation swarm = new SwarmSimulation(seed, topic(1));
    for (int i = 2; i <= 10; i++) {
      swarm.start(i, peer(1));
    }
    swarm.run(Duration.ofMinutes(2));
    swarm.start(1);
    swarm.run(Duration.ofSeconds(60));
    assertEveryoneHears(swarm, seed, 0, 10);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void when_aNodeSendsGarbageAllTheTime_then_everyoneHearsEverythingAndNothingElse(long seed) {
    SwarmSimulation swarm = swarm(seed, 50);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 3000; i++) {
      List<Node> alive = swarm.alive();
      swarm.deliver(alive.get(random.nextInt(alive.size())), peer(5000 + random.nextInt(50)), garbage(random));
      swarm.run(Duration.ofMillis(1));
    }
    swarm.run(Duration.ofSeconds(30));
    for (Node node : swarm.alive()) {
      assertEquals(List.of(), node.received, "seed " + seed);
    }
    assertEveryoneHears(swarm, seed, 0, 20);
  }

  private static Message garbage(SplittableRandom random) {
    EndpointId stranger = peer(6000 + random.nextInt(100));
    MessageId id = MessageId.ofContent(content(random.nextInt()));
    return switch (random.nextInt(6)) {
      case 0 -> new Gossip(id, content(1), new Scope.Swarm(random.nextInt(0x10000)));
      case 1 -> new ForwardJoin(new PeerInfo(stranger, PeerData.absent()), random.nextInt(7));
      case 2 -> new Shuffle(stranger, List.of(new PeerInfo(stranger, PeerData.absent())), random.nextInt(7));
      case 3 -> new Graft(id, random.nextInt(0x10000));
      case 4 -> new IHave(List.of(new Announcement(id, random.nextInt(0x10000))));
      default -> new BroadcastMessage.Prune();
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {41})
  void when_theSameSeedRunsTwice_then_theSameHappens(long seed) {
    assertEquals(trace(seed), trace(seed));
  }

  private static List<List<EndpointId>> trace(long seed) {
    SwarmSimulation swarm = swarm(seed, 40);
    return swarm.alive().stream().map(node -> node.state.neighbors(swarm.topic)).toList();
  }
}
