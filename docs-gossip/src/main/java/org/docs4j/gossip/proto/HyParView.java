package org.docs4j.gossip.proto;

import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;

/**
 * The membership of one topic: a few neighbours (the active view) and some more peers to replace them (the passive
 * view). The rules are those of WIRE 5.3 in their newest form.
 */
final class HyParView {
  /** Wishes that strangers may make us send at a time, by introducing others. */
  private static final int MAX_INTRODUCED = 16;

  private final EndpointId self;
  private final MembershipConfig config;
  private final RandomGenerator random;
  private final TopicOutbox out;
  private final PendingNeighbors pending = new PendingNeighbors();
  private final Views views;
  private final PeerView active;
  private final PeerView passive;

  HyParView(EndpointId self, GossipConfig config, RandomGenerator random, TopicOutbox out) {
    this.self = self;
    this.config = config.membership();
    this.random = random;
    this.out = out;
    PeerDirectory directory = new PeerDirectory(out, config.maxMessageBytes());
    this.views = new Views(self, config.membership(), random, directory, pending::contains);
    this.active = views.active();
    this.passive = views.passive();
  }

  void start() {
    out.schedule(config.shuffleInterval(), new GossipTimer.Shuffle());
  }

  PeerView active() {
    return active;
  }

  Views views() {
    return views;
  }

  /** Whether the connection to the peer is of use. */
  boolean needs(EndpointId peer) {
    return active.contains(peer) || pending.contains(peer);
  }

  /** Whether there is nothing left to do to have this peer in the swarm with us. */
  boolean reached(EndpointId peer) {
    return peer.equals(self) || needs(peer) || passive.contains(peer);
  }

  boolean isFull() {
    return views.isFull();
  }

  void join(EndpointId contact) {
    out.send(contact, new Join(out.selfData()));
  }

  void receive(EndpointId from, MembershipMessage message) {
    if (message instanceof Disconnect disconnect) {
      onDisconnect(from, disconnect.alive());
      return;
    }
    if (message instanceof Join join) {
      onJoin(from, join.data());
    } else if (message instanceof ForwardJoin forward) {
      onForwardJoin(from, forward);
    } else if (message instanceof Shuffle shuffle) {
      onShuffle(from, shuffle);
    } else if (message instanceof ShuffleReply reply) {
      onShuffleReply(reply);
    } else if (message instanceof Neighbor neighbor) {
      onNeighbor(from, neighbor);
    }
    if (!needs(from)) {
      out.release(from);
    }
  }

  private void onJoin(EndpointId peer, PeerData data) {
    // Whoever joins remembers no wish of ours and will not answer it.
    pending.remove(peer);
    if (active.contains(peer)) {
      out.neighborRenewed(peer);
    }
    addActive(peer, data, Priority.HIGH, true);
    for (EndpointId other : active.toList()) {
      if (!other.equals(peer)) {
        out.send(other, new ForwardJoin(new PeerInfo(peer, data), config.activeWalk()));
      }
    }
  }

  private void onForwardJoin(EndpointId from, ForwardJoin forward) {
    EndpointId peer = forward.peer().id();
    if (peer.equals(self)) {
      return;
    }
    if (active.contains(peer)) {
      views.learn(forward.peer());
      sendNeighbor(peer, Priority.HIGH);
    } else if (forward.ttl() == 0 || active.size() <= 1) {
      if (pending.outside(active) < MAX_INTRODUCED) {
        views.learn(forward.peer());
        sendNeighbor(peer, Priority.HIGH);
        views.forgetUnlessKnown(peer);
      }
    } else {
      if (forward.ttl() == config.passiveWalk()) {
        views.addPassive(forward.peer());
      }
      if (!pending.contains(peer)) {
        active
            .pick(random, other -> !other.equals(from))
            .ifPresent(next -> out.send(next, new ForwardJoin(forward.peer(), forward.ttl() - 1)));
      }
    }
  }

  private void onNeighbor(EndpointId from, Neighbor neighbor) {
    boolean answers = pending.remove(from);
    if (!addActive(from, neighbor.data(), neighbor.priority(), !answers)) {
      sendDisconnect(from, true);
    }
  }

  private void onShuffle(EndpointId from, Shuffle shuffle) {
    EndpointId origin = shuffle.origin();
    if (origin.equals(self)) {
      return;
    }
    if (shuffle.ttl() == 0 || active.size() <= 1) {
      shuffle.nodes().stream().limit(config.passiveCapacity()).forEach(views::addPassive);
      sendShuffleReply(origin, Math.min(shuffle.nodes().size(), farewellSize() + 1));
      if (!origin.equals(from) && !needs(origin)) {
        out.release(origin);
      }
    } else {
      active
          .pick(random, other -> !other.equals(from) && !other.equals(origin))
          .ifPresent(next -> out.send(next, new Shuffle(origin, shuffle.nodes(), shuffle.ttl() - 1)));
    }
  }

  private void onShuffleReply(ShuffleReply reply) {
    reply.nodes().stream().limit(config.passiveCapacity()).forEach(views::addPassive);
    refill(self);
  }

  private void onDisconnect(EndpointId peer, boolean alive) {
    boolean wished = pending.remove(peer);
    if (active.contains(peer)) {
      removeActive(peer);
      out.release(peer);
      views.demote(peer, alive);
      refill(peer);
    } else {
      if (alive) {
        views.departedAlive(peer);
      }
      views.forgetUnlessKnown(peer);
      if (wished) {
        out.release(peer);
        refill(peer);
      }
    }
  }

  /** The last connection to the peer has ended, or none could be made. */
  void disconnected(EndpointId peer) {
    boolean wished = pending.remove(peer);
    boolean alive = views.takeDepartedAlive(peer);
    if (active.contains(peer)) {
      removeActive(peer);
      views.demote(peer, false);
      refill(peer);
    } else if (!alive) {
      boolean failed = passive.contains(peer);
      views.removePassive(peer);
      if (wished || failed) {
        refill(peer);
      }
    }
  }

  void neighborTimeout(EndpointId peer, long request) {
    if (!pending.remove(peer, request) || active.contains(peer)) {
      return;
    }
    views.removePassive(peer);
    out.release(peer);
    refill(peer);
  }

  void shuffle() {
    active
        .pick(random, peer -> true)
        .ifPresent(
            target ->
                out.send(target, new Shuffle(self, views.offer(target, out.selfData()), config.shuffleWalk())));
    out.schedule(config.shuffleInterval(), new GossipTimer.Shuffle());
  }

  void quit() {
    for (EndpointId peer : active.toList()) {
      active.remove(peer);
      sendDisconnect(peer, false);
      out.release(peer);
    }
  }

  /** Asks one remembered peer to become a neighbour, if there is room. */
  void refill(EndpointId except) {
    if (active.size() + pending.outside(active) >= config.activeCapacity()) {
      return;
    }
    passive
        .pick(random, peer -> !peer.equals(except) && !pending.contains(peer))
        .ifPresent(peer -> sendNeighbor(peer, active.isEmpty() ? Priority.HIGH : Priority.LOW));
  }

  private boolean addActive(EndpointId peer, PeerData data, Priority priority, boolean answer) {
    if (peer.equals(self)) {
      return false;
    }
    boolean isNew = !active.contains(peer);
    if (isNew && isFull()) {
      if (priority == Priority.LOW) {
        return false;
      }
      active.pick(random, other -> true).ifPresent(this::evict);
    }
    views.learn(new PeerInfo(peer, data));
    if (isNew) {
      views.addActive(peer);
      out.neighborUp(peer);
    }
    if (answer) {
      sendNeighbor(peer, priority);
    }
    return true;
  }

  private void evict(EndpointId peer) {
    removeActive(peer);
    sendDisconnect(peer, true);
    out.release(peer);
    views.demote(peer, true);
  }

  private void removeActive(EndpointId peer) {
    active.remove(peer);
    pending.remove(peer);
    out.neighborDown(peer);
  }

  private void sendNeighbor(EndpointId peer, Priority priority) {
    if (pending.contains(peer)) {
      return;
    }
    out.send(peer, new Neighbor(priority, out.selfData()));
    if (!pending.isFull()) {
      out.schedule(config.neighborTimeout(), new GossipTimer.NeighborTimeout(peer, pending.add(peer)));
    }
  }

  private int farewellSize() {
    return config.shuffleActive() + config.shufflePassive();
  }

  private void sendDisconnect(EndpointId peer, boolean alive) {
    sendShuffleReply(peer, farewellSize());
    out.send(peer, new Disconnect(alive, false));
  }

  private void sendShuffleReply(EndpointId to, int count) {
    out.send(to, new ShuffleReply(views.some(to, count)));
  }
}
