package org.docs4j.gossip.proto;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.gossip.proto.GossipInput.Audience;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;

/** One topic: its membership, its tree, and the attempts to be in the swarm at all. */
final class TopicState implements TopicOutbox {
  /** What all topics of a node share. */
  interface Node {
    void put(GossipOutput output);

    void released(EndpointId peer);

    PeerData selfData();
  }

  private final TopicId topic;
  private final long generation;
  private final EndpointId self;
  private final GossipConfig config;
  private final Node node;
  private final HyParView membership;
  private final PlumTree tree;
  private final Contacts contacts;
  private boolean rejoinScheduled;

  TopicState(
      TopicId topic, long generation, EndpointId self, GossipConfig config, RandomGenerator random, Node node) {
    this.topic = topic;
    this.generation = generation;
    this.self = self;
    this.config = config;
    this.node = node;
    this.membership = new HyParView(self, config, random, this);
    this.tree = new PlumTree(config, this);
    this.contacts = new Contacts(config.membership().rejoinFirst(), config.membership().rejoinLimit());
  }

  HyParView membership() {
    return membership;
  }

  PlumTree tree() {
    return tree;
  }

  long generation() {
    return generation;
  }

  void start() {
    membership.start();
  }

  void join(List<EndpointId> peers) {
    peers.forEach(contacts::name);
    contacts.reset();
    peers.stream()
        .distinct()
        .filter(peer -> !peer.equals(self) && !membership.needs(peer))
        .limit(config.membership().activeCapacity())
        .forEach(membership::join);
    scheduleRejoin();
  }

  void receive(EndpointId from, Message message, Duration now) {
    if (message instanceof Disconnect disconnect && !disconnect.alive()) {
      contacts.left(from);
    }
    if (message instanceof MembershipMessage change) {
      membership.receive(from, change);
      scheduleRejoin();
    } else if (message instanceof BroadcastMessage broadcast) {
      tree.receive(from, broadcast, now);
    }
  }

  void broadcast(Bytes content, Audience audience, Duration now) {
    tree.broadcast(content, audience, now);
  }

  void disconnected(EndpointId peer) {
    membership.disconnected(peer);
    scheduleRejoin();
  }

  void leave() {
    membership.quit();
  }

  void expired(GossipTimer.Kind timer, Duration now) {
    if (timer instanceof GossipTimer.Shuffle) {
      membership.shuffle();
    } else if (timer instanceof GossipTimer.NeighborTimeout timeout) {
      membership.neighborTimeout(timeout.peer(), timeout.request());
      scheduleRejoin();
    } else if (timer instanceof GossipTimer.Rejoin) {
      rejoin();
    } else if (timer instanceof GossipTimer.SendGraft graft) {
      tree.sendGraft(graft.id());
    } else if (timer instanceof GossipTimer.DispatchAnnouncements) {
      tree.dispatch();
    } else if (timer instanceof GossipTimer.Evict) {
      tree.evict(now);
    }
  }

  private void rejoin() {
    rejoinScheduled = false;
    if (membership.active().isEmpty()) {
      membership.refill(self);
    }
    int room = config.membership().activeCapacity() - membership.active().size();
    contacts.next(room, membership::reached).forEach(membership::join);
    scheduleRejoin();
  }

  private void scheduleRejoin() {
    if (rejoinScheduled || membership.isFull()) {
      return;
    }
    boolean alone = membership.active().isEmpty();
    if (contacts.anyMissing(membership::reached) || (alone && !membership.views().passive().isEmpty())) {
      rejoinScheduled = true;
      schedule(contacts.delay(alone), new GossipTimer.Rejoin());
    }
  }

  @Override
  public void send(EndpointId to, Message message) {
    node.put(new GossipOutput.Send(topic, to, message));
  }

  @Override
  public void schedule(Duration delay, GossipTimer.Kind timer) {
    node.put(new GossipOutput.Schedule(delay, new GossipTimer(topic, generation, timer)));
  }

  @Override
  public void received(GossipEvent.Received event) {
    node.put(new GossipOutput.Emit(topic, event));
  }

  @Override
  public void neighborUp(EndpointId peer) {
    contacts.neighborUp(peer);
    contacts.reset();
    tree.neighborUp(peer);
    node.put(new GossipOutput.Emit(topic, new GossipEvent.NeighborUp(peer)));
  }

  @Override
  public void neighborRenewed(EndpointId peer) {
    tree.neighborUp(peer);
  }

  @Override
  public void neighborDown(EndpointId peer) {
    tree.neighborDown(peer);
    contacts.reset();
    node.put(new GossipOutput.Emit(topic, new GossipEvent.NeighborDown(peer)));
  }

  @Override
  public void learnt(EndpointId peer, Bytes data) {
    node.put(new GossipOutput.PeerDataLearnt(peer, data));
  }

  @Override
  public void release(EndpointId peer) {
    node.released(peer);
  }

  @Override
  public PeerData selfData() {
    return node.selfData();
  }
}
