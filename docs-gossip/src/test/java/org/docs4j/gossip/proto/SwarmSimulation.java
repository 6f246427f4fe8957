package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;

/**
 * Many states with a network between them in virtual time. Messages between two nodes arrive in order, after 1 to 25 ms,
 * which differs by pair and a little by message; what is sent to a dead node ends in a lost peer after a while.
 */
final class SwarmSimulation {
  private static final Duration LOSS_NOTICED = Duration.ofSeconds(2);

  final TopicId topic;
  final Map<EndpointId, Node> nodes = new LinkedHashMap<>();
  Duration now = Duration.ZERO;
  long sentFull;
  private final SplittableRandom random;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final TreeMap<String, Duration> lastArrival = new TreeMap<>();
  private long order;

  /** One node with what it has received so far. */
  static final class Node {
    final EndpointId id;
    final GossipState state;
    final List<GossipEvent.Received> received = new ArrayList<>();
    boolean alive = true;

    Node(EndpointId id, SplittableRandom random) {
      this.id = id;
      this.state = new GossipState(id, GossipConfig.defaults(), random);
    }
  }

  private record Event(Duration due, long order, Node node, GossipInput input) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  SwarmSimulation(long seed, TopicId topic) {
    this.random = new SplittableRandom(seed);
    this.topic = topic;
  }

  Node start(int number, EndpointId... contacts) {
    Node node = new Node(peer(number), random.split());
    nodes.put(node.id, node);
    at(now, node, new GossipInput.Join(topic, List.of(contacts)));
    return node;
  }

  void kill(Node node) {
    node.alive = false;
    for (Node other : alive()) {
      at(now.plus(LOSS_NOTICED), other, new GossipInput.PeerDisconnected(node.id));
    }
  }

  List<Node> alive() {
    return nodes.values().stream().filter(node -> node.alive).toList();
  }

  void broadcast(Node node, Bytes content) {
    at(now, node, new GossipInput.Broadcast(topic, content, GossipInput.Audience.SWARM));
  }

  void deliver(Node to, EndpointId from, Message message) {
    at(now, to, new GossipInput.Received(topic, from, message));
  }

  void run(Duration time) {
    Duration end = now.plus(time);
    while (!queue.isEmpty() && queue.peek().due().compareTo(end) <= 0) {
      Event event = queue.remove();
      now = event.due();
      if (event.node().alive) {
        event.node().state.handle(event.input(), now, output -> carryOut(event.node(), output));
      }
    }
    now = end;
  }

  private void at(Duration due, Node node, GossipInput input) {
    queue.add(new Event(due, order++, node, input));
  }

  private void carryOut(Node node, GossipOutput output) {
    if (output instanceof GossipOutput.Send send) {
      Node target = nodes.get(send.to());
      if (target == null || !target.alive) {
        at(now.plus(LOSS_NOTICED), node, new GossipInput.PeerDisconnected(send.to()));
        return;
      }
      sentFull += send.message() instanceof BroadcastMessage.Gossip ? 1 : 0;
      String way = node.id + ">" + target.id;
      long micros = 1000L + Math.floorMod(node.id.hashCode() ^ target.id.hashCode(), 20_000) + random.nextInt(4000);
      Duration arrival = now.plusNanos(1000 * micros);
      Duration last = lastArrival.getOrDefault(way, arrival);
      arrival = arrival.compareTo(last) < 0 ? last : arrival;
      lastArrival.put(way, arrival);
      at(arrival, target, new GossipInput.Received(send.topic(), node.id, send.message()));
    } else if (output instanceof GossipOutput.Schedule schedule) {
      at(now.plus(schedule.delay()), node, new GossipInput.TimerExpired(schedule.timer()));
    } else if (output instanceof GossipOutput.Emit emit && emit.event() instanceof GossipEvent.Received received) {
      node.received.add(received);
    }
  }
}
