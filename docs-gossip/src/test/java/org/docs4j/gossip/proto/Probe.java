package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;

/** A state under test, node 0 in topic 1, which always picks the first of several; gives the outputs of each input. */
final class Probe {
  static final EndpointId SELF = peer(0);
  static final TopicId TOPIC = topic(1);

  static final Join JOIN = new Join(PeerData.absent());

  final GossipConfig config;
  final GossipState state;
  Duration now = Duration.ZERO;
  private final List<GossipOutput> outputs = new ArrayList<>();

  Probe(GossipConfig config) {
    this.config = config;
    this.state = new GossipState(SELF, config, () -> 0L);
  }

  /** In the topic, without anybody. */
  static Probe joined() {
    Probe probe = new Probe(GossipConfig.defaults());
    probe.join();
    return probe;
  }

  /** In the topic, with neighbours that joined in this order and whose answers are not awaited any more. */
  static Probe withNeighbors(int... peers) {
    Probe probe = joined();
    for (int peer : peers) {
      probe.receive(peer, new Join(PeerData.absent()));
      probe.receive(peer, new Neighbor(Priority.HIGH, PeerData.absent()));
    }
    return probe;
  }

  /** Knows these peers besides, without asking them, as long as there is a neighbour and no room. */
  void remember(int... peers) {
    state.topic(TOPIC).membership().receive(
        state.neighbors(TOPIC).get(0), new MembershipMessage.Shuffle(peer(900), infos(peers), 0));
    outputs.clear();
  }

  static List<PeerInfo> infos(int... peers) {
    return Arrays.stream(peers).mapToObj(peer -> new PeerInfo(peer(peer), PeerData.absent())).toList();
  }

  List<GossipOutput> on(GossipInput input) {
    outputs.clear();
    state.handle(input, now, outputs::add);
    return List.copyOf(outputs);
  }

  List<GossipOutput> join(int... peers) {
    return on(new GossipInput.Join(TOPIC, Arrays.stream(peers).mapToObj(peer -> peer(peer)).toList()));
  }

  List<GossipOutput> receive(int from, Message message) {
    return on(new GossipInput.Received(TOPIC, peer(from), message));
  }

  List<GossipOutput> expire(GossipTimer.Kind kind) {
    return on(new GossipInput.TimerExpired(new GossipTimer(TOPIC, 0, kind)));
  }

  List<GossipOutput> lost(int peer) {
    return on(new GossipInput.PeerDisconnected(peer(peer)));
  }

  List<GossipOutput> broadcast(Bytes content) {
    return on(new GossipInput.Broadcast(TOPIC, content, GossipInput.Audience.SWARM));
  }

  List<EndpointId> active() {
    return state.neighbors(TOPIC);
  }

  List<EndpointId> passive() {
    return state.topic(TOPIC).membership().views().passive().toList();
  }

  PlumTree tree() {
    return state.topic(TOPIC).tree();
  }

  static GossipOutput send(int to, Message message) {
    return new GossipOutput.Send(TOPIC, peer(to), message);
  }

  static GossipOutput up(int peer) {
    return new GossipOutput.Emit(TOPIC, new GossipEvent.NeighborUp(peer(peer)));
  }

  static GossipOutput down(int peer) {
    return new GossipOutput.Emit(TOPIC, new GossipEvent.NeighborDown(peer(peer)));
  }

  static GossipOutput release(int peer) {
    return new GossipOutput.Release(peer(peer));
  }

  static GossipOutput schedule(long millis, GossipTimer.Kind kind) {
    return new GossipOutput.Schedule(Duration.ofMillis(millis), new GossipTimer(TOPIC, 0, kind));
  }

  static GossipOutput awaitNeighbor(int peer, long request) {
    return schedule(500, new GossipTimer.NeighborTimeout(peer(peer), request));
  }

  static Neighbor neighbor(Priority priority) {
    return new Neighbor(priority, PeerData.absent());
  }

  static ShuffleReply reply(int... peers) {
    return new ShuffleReply(infos(peers));
  }
}
