package org.docs4j.gossip.net;

import static org.docs4j.gossip.net.SimSwarm.TOPIC;
import static org.docs4j.gossip.net.SimSwarm.bytes;
import static org.docs4j.gossip.net.SimSwarm.secret;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipEvent.NeighborUp;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.gossip.PlumTreeGossipProvider;
import org.docs4j.tck.sim.Conditions;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;
import org.junit.jupiter.api.Test;

/** Two nodes on the threads of this machine: what virtual time cannot show. */
class RealThreadsTest {
  private static final int MESSAGES = 3000;

  @Test
  void when_twoNodesTalkAtOnce_then_bothHearEverythingInOrder() {
    Conditions conditions = Conditions.realTime();
    try (Environment environment = Environment.system();
        SimNetwork network = SimNetwork.realTime(environment, SimNetworkConfig.instant());
        Endpoint a = network.endpoint(secret("a"), environment);
        Endpoint b = network.endpoint(secret("b"), environment);
        Gossip gossipA = new PlumTreeGossipProvider().start(a, environment, Map.of());
        Gossip gossipB = new PlumTreeGossipProvider().start(b, environment, Map.of())) {
      Queue<GossipEvent> heardByA = new ConcurrentLinkedQueue<>();
      Queue<GossipEvent> heardByB = new ConcurrentLinkedQueue<>();
      GossipTopic topicA = gossipA.join(TOPIC, List.of(), heardByA::add);
      GossipTopic topicB = gossipB.join(TOPIC, List.of(EndpointAddr.of(a.id(), a.addr().ipAddresses())), heardByB::add);
      conditions.until(
          "neighbourhood",
          () -> heardByA.contains(new NeighborUp(b.id())) && heardByB.contains(new NeighborUp(a.id())));
      for (int i = 0; i < MESSAGES; i++) {
        String text = "message " + i;
        conditions.until("room", () -> topicA.broadcast(bytes("a " + text)));
        conditions.until("room", () -> topicB.broadcast(bytes("b " + text)));
      }
      conditions.until(
          "delivery", () -> received(heardByA).size() == MESSAGES && received(heardByB).size() == MESSAGES);
      assertEquals(all("b"), received(heardByA));
      assertEquals(all("a"), received(heardByB));
    }
  }

  private static List<Bytes> all(String sender) {
    return IntStream.range(0, MESSAGES).mapToObj(i -> bytes(sender + " message " + i)).toList();
  }

  private static List<Bytes> received(Queue<GossipEvent> events) {
    return events.stream().filter(Received.class::isInstance).map(event -> ((Received) event).content()).toList();
  }
}
