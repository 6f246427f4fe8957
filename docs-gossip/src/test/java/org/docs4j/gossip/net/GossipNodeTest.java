package org.docs4j.gossip.net;

import static org.docs4j.gossip.TestData.topic;
import static org.docs4j.gossip.net.SimSwarm.TOPIC;
import static org.docs4j.gossip.net.SimSwarm.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.gossip.net.SimSwarm.Node;
import org.junit.jupiter.api.Test;

/** Whole nodes with each other, in virtual time. */
class GossipNodeTest {
  @Test
  void when_twoNodesJoin_then_bothHearEachOther() {
    SimSwarm swarm = new SimSwarm(1);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    assertTrue(a.say("from a"));
    assertTrue(b.say("from b"));
    swarm.until("delivery", () -> a.heard().size() == 1 && b.heard().size() == 1);
    assertEquals(List.of("from b"), a.heard());
    assertTrue(b.events.contains(new Received(bytes("from a"), a.id(), new Scope.Swarm(0))));
  }

  @Test
  void when_contentIsForNeighbors_then_theyHearItEachTime() {
    SimSwarm swarm = new SimSwarm(2);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    assertTrue(a.topics.get(0).broadcastNeighbors(bytes("near")));
    assertTrue(a.topics.get(0).broadcastNeighbors(bytes("near")));
    swarm.until("delivery", () -> b.heard().size() == 2);
    assertTrue(b.events.contains(new Received(bytes("near"), a.id(), new Scope.Neighbors())));
  }

  @Test
  void when_contentIsAsLongAsAllowed_then_itArrives_andWhenLonger_then_itIsRefused() {
    SimSwarm swarm = new SimSwarm(3);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    assertEquals(4057, a.gossip.maxContentBytes());
    assertFalse(a.topics.get(0).broadcast(Bytes.of(new byte[4058])));
    assertFalse(a.topics.get(0).broadcastNeighbors(Bytes.of(new byte[4058])));
    assertTrue(a.topics.get(0).broadcast(Bytes.of(new byte[4057])));
    assertTrue(a.say("next"));
    swarm.until("delivery", () -> b.heard().size() == 2);
    assertEquals("next", b.heard().get(1));
  }

  @Test
  void when_contactStartsLater_then_itIsJoined() {
    SimSwarm swarm = new SimSwarm(4);
    EndpointAddr later = swarm.start("later").endpoint.addr();
    swarm.crash("later");
    Node a = swarm.start("a").join(later);
    swarm.run(Duration.ofMinutes(5));
    assertEquals(List.of(), a.events);
    Node b = swarm.start("later").join();
    assertEquals(later, b.endpoint.addr());
    swarm.sim.conditions().withPatience(Duration.ofSeconds(61)).until("joining", () -> a.isNeighbor(b));
  }

  @Test
  void when_contactJoinsTheTopicLater_then_itBecomesNeighbor() {
    SimSwarm swarm = new SimSwarm(5);
    Node b = swarm.start("b");
    Node a = swarm.start("a").join(b);
    swarm.run(Duration.ofSeconds(100));
    assertEquals(List.of(), a.events);
    b.join();
    swarm.sim.conditions().withPatience(Duration.ofSeconds(31)).until("joining", () -> a.isNeighbor(b));
  }

  @Test
  void when_neighborCrashesAndStartsAgain_then_bothHearEachOtherAtOnce() {
    SimSwarm swarm = new SimSwarm(6);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    swarm.crash("b");
    swarm.run(Duration.ofSeconds(1));
    Node again = swarm.start("b").join(a);
    swarm.sim.conditions().withPatience(Duration.ofSeconds(1)).until("joining", () -> again.isNeighbor(a));
    assertTrue(again.say("back"));
    assertTrue(a.say("hello"));
    swarm
        .sim
        .conditions()
        .withPatience(Duration.ofSeconds(1))
        .until("delivery", () -> a.heard().contains("back") && again.heard().contains("hello"));
    swarm.run(Duration.ofMinutes(2));
    assertTrue(a.isNeighbor(again), "the end of the old connection does not matter");
  }

  @Test
  void when_neighborIsGone_then_itIsToldAndTriedAgain() {
    SimSwarm swarm = new SimSwarm(7);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    swarm.network.firewall().drop(a.id(), b.id());
    swarm.until("loss", () -> !a.isNeighbor(b) && !b.isNeighbor(a));
    swarm.run(Duration.ofMinutes(3));
    swarm.network.firewall().heal();
    swarm.until("return", () -> a.isNeighbor(b) && b.isNeighbor(a));
  }

  @Test
  void when_connectionBreaks_then_neighborsFindEachOtherWithinSeconds() {
    SimSwarm swarm = new SimSwarm(8);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    swarm.network.cut(a.id(), b.id());
    swarm.until("loss", () -> !a.isNeighbor(b) && !b.isNeighbor(a));
    swarm
        .sim
        .conditions()
        .withPatience(Duration.ofSeconds(3))
        .until("return", () -> a.isNeighbor(b) && b.isNeighbor(a));
  }

  @Test
  void when_nodeStops_then_neighborsAreToldAtOnceAndConnectionsEnd() {
    SimSwarm swarm = new SimSwarm(9);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    GossipTopic topic = b.topics.get(0);
    b.stop();
    b.stop();
    assertFalse(topic.broadcast(bytes("too late")));
    swarm.sim.conditions().withPatience(Duration.ofSeconds(1)).until("farewell", () -> !a.isNeighbor(b));
    swarm.until("end", () -> swarm.network.connections() == 0);
  }

  @Test
  void when_lastListenerLeaves_then_theTopicIsLeft() {
    SimSwarm swarm = new SimSwarm(10);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a).join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    b.topics.get(0).close();
    b.topics.get(0).close();
    swarm.run(Duration.ofSeconds(10));
    assertTrue(a.isNeighbor(b), "one listener is left");
    b.topics.get(1).close();
    swarm.until("farewell", () -> !a.isNeighbor(b));
    swarm.sim.conditions().withPatience(Duration.ofSeconds(10)).until("end", () -> swarm.network.connections() == 0);
  }

  @Test
  void when_addPeersNamesSomebody_then_heBecomesNeighbor() {
    SimSwarm swarm = new SimSwarm(11);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join();
    b.topics.get(0).addPeers(List.of(a.endpoint.addr()));
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
  }

  @Test
  void when_manyNodesJoinThroughOneAndSomeCrash_then_theOthersHearEverything() {
    long seed = 12;
    SimSwarm swarm = new SimSwarm(seed);
    Node first = swarm.start("n0").join();
    for (int i = 1; i < 30; i++) {
      swarm.start("n" + i).join(first);
      swarm.run(Duration.ofMillis(100));
    }
    swarm.run(Duration.ofSeconds(70));
    assertEveryoneHears(swarm, "before", 20);
    for (int i = 3; i < 30; i += 5) {
      swarm.crash("n" + i);
    }
    swarm.run(Duration.ofMinutes(2));
    assertEveryoneHears(swarm, "after", 20);
  }

  private static void assertEveryoneHears(SimSwarm swarm, String what, int count) {
    List<Node> nodes = List.copyOf(swarm.nodes.values());
    Set<String> all = new HashSet<>();
    for (int i = 0; i < count; i++) {
      assertTrue(nodes.get(i % nodes.size()).say(what + i));
      all.add(what + i);
      swarm.run(Duration.ofMillis(20));
    }
    swarm.run(Duration.ofSeconds(10));
    for (int i = 0; i < nodes.size(); i++) {
      Set<String> heard = new HashSet<>(nodes.get(i).heard());
      for (int own = i; own < count; own += nodes.size()) {
        heard.add(what + own);
      }
      assertTrue(heard.containsAll(all), "node " + i + " misses some of " + what);
    }
  }

  @Test
  void when_twoNodesShareMoreTopicsThanStreams_then_allOfThemWork() {
    SimSwarm swarm = new SimSwarm(13);
    Node a = swarm.start("a");
    Node b = swarm.start("b");
    int count = 150;
    List<GossipTopic> topics = new ArrayList<>();
    Set<String> heard = new HashSet<>();
    for (int i = 0; i < count; i++) {
      TopicId id = topic(100 + i);
      topics.add(a.gossip.join(id, List.of(), event -> {}));
      b.gossip.join(
          id,
          List.of(a.endpoint.addr()),
          event -> {
            if (event instanceof Received received) {
              heard.add(id + " " + received.content());
            }
          });
    }
    swarm.run(Duration.ofSeconds(30));
    for (int round = 0; round < 3; round++) {
      int number = round;
      heard.clear();
      topics.forEach(topic -> assertTrue(topic.broadcast(bytes("round " + number))));
      swarm.until("delivery of round " + round, () -> heard.size() == count);
    }
  }

  @Test
  void when_topicIsJoinedAgainAfterLeaving_then_itWorks() {
    SimSwarm swarm = new SimSwarm(14);
    Node a = swarm.start("a").join();
    Node b = swarm.start("b").join(a);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    b.topics.get(0).close();
    swarm.until("farewell", () -> !a.isNeighbor(b));
    b.events.clear();
    b.gossip.join(TOPIC, List.of(a.endpoint.addr()), b.events::add);
    swarm.until("neighbourhood", () -> a.isNeighbor(b) && b.isNeighbor(a));
    assertTrue(a.say("again"));
    swarm.until("delivery", () -> b.heard().contains("again"));
  }
}
