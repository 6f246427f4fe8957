package org.docs4j.gossip.net;

import static org.docs4j.gossip.TestData.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipEvent.NeighborDown;
import org.docs4j.api.spi.gossip.GossipEvent.NeighborUp;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.gossip.proto.GossipConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/** Gossip nodes on a simulated network. */
final class SimSwarm {
  static final TopicId TOPIC = topic(1);

  final SimEnvironment sim;
  final SimNetwork network;
  final Map<String, Node> nodes = new LinkedHashMap<>();

  SimSwarm(long seed) {
    this(seed, SimNetworkConfig.defaults());
  }

  SimSwarm(long seed, SimNetworkConfig config) {
    this.sim = SimEnvironment.seeded(seed);
    this.network = SimNetwork.virtual(sim, config);
  }

  /** One node with what it heard of the topic. */
  static final class Node {
    final Endpoint endpoint;
    final GossipNode gossip;
    final List<GossipEvent> events = new ArrayList<>();
    final List<GossipTopic> topics = new ArrayList<>();

    Node(Endpoint endpoint, Environment environment) {
      this.endpoint = endpoint;
      this.gossip = GossipNode.start(endpoint, environment, GossipConfig.defaults());
    }

    EndpointId id() {
      return endpoint.id();
    }

    Node join(Node... contacts) {
      return join(Arrays.stream(contacts).map(contact -> contact.endpoint.addr()).toList());
    }

    Node join(EndpointAddr contact) {
      return join(List.of(contact));
    }

    private Node join(List<EndpointAddr> contacts) {
      topics.add(gossip.join(TOPIC, contacts, events::add));
      return this;
    }

    boolean say(String text) {
      return topics.get(0).broadcast(bytes(text));
    }

    List<String> heard() {
      return events.stream()
          .filter(Received.class::isInstance)
          .map(event -> new String(((Received) event).content().toByteArray(), StandardCharsets.UTF_8))
          .toList();
    }

    /** Whether the last that was heard of a peer is that it is a neighbour. */
    boolean isNeighbor(Node other) {
      return isNeighbor(other.id());
    }

    boolean isNeighbor(EndpointId other) {
      boolean neighbor = false;
      for (GossipEvent event : List.copyOf(events)) {
        neighbor |= event.equals(new NeighborUp(other));
        neighbor &= !event.equals(new NeighborDown(other));
      }
      return neighbor;
    }

    void stop() {
      gossip.close();
      endpoint.close();
    }
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static EndpointSecret secret(String name) {
    byte[] seed = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 32);
    return EndpointSecret.of(seed);
  }

  /** Starts a node, or starts it again after a crash. */
  Node start(String name) {
    Environment environment = sim.environment(name);
    Node node = new Node(network.endpoint(secret(name), environment), environment);
    nodes.put(name, node);
    return node;
  }

  /** A node without gossip, which a test plays itself. */
  Endpoint bare(String name) {
    return network.endpoint(secret(name), sim.environment(name));
  }

  /** Ends a node like a machine that loses its power. */
  void crash(String name) {
    network.kill(Objects.requireNonNull(nodes.remove(name)).id());
    sim.crash(name);
  }

  void run(Duration time) {
    sim.run(time);
  }

  void until(String what, BooleanSupplier condition) {
    sim.conditions().until(what, condition);
  }
}
