package org.docs4j.gossip.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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
  private final PeerView active = new PeerView();
  private final PeerView passive = new PeerView();
  private final PendingNeighbors pending = new PendingNeighbors();
  private final PeerDirectory directory;

  /** Passive peers that ended the neighbourhood alive: the end of their connection is no sign of failure. */
  private final TreeSet<EndpointId> departedAlive = new TreeSet<>();

  HyParView(EndpointId self, GossipConfig config, RandomGenerator random, TopicOutbox out) {
    this.self = self;
    this.config = config.membership();
    this.random = random;
    this.out = out;
    this.directory = new PeerDirectory(out, config.maxMessageBytes());
  }

  void start() {
    out.schedule(config.shuffleInterval(), new GossipTimer.Shuffle());
  }

  PeerView active() {
    return active;
  }

  PeerView passive() {
    return passive;
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
    return active.size() >= config.activeCapacity();
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
      directory.put(peer, forward.peer().data());
      sendNeighbor(peer, Priority.HIGH);
    } else if (forward.ttl() == 0 || active.size() <= 1) {
      if (pending.outside(active) < MAX_INTRODUCED) {
        directory.put(peer, forward.peer().data());
        sendNeighbor(peer, Priority.HIGH);
        forgetUnlessKnown(peer);
      }
    } else {
      if (forward.ttl() == config.passiveWalk()) {
        addPassive(forward.peer());
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
      shuffle.nodes().stream().limit(config.passiveCapacity()).forEach(this::addPassive);
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
    reply.nodes().stream().limit(config.passiveCapacity()).forEach(this::addPassive);
    refill(self);
  }

  private void onDisconnect(EndpointId peer, boolean alive) {
    boolean wished = pending.remove(peer);
    if (active.contains(peer)) {
      removeActive(peer);
      out.release(peer);
      demote(peer, alive);
      refill(peer);
    } else {
      if (alive && passive.contains(peer)) {
        departedAlive.add(peer);
      }
      forgetUnlessKnown(peer);
      if (wished) {
        out.release(peer);
        refill(peer);
      }
    }
  }

  /** The last connection to the peer has ended, or none could be made. */
  void disconnected(EndpointId peer) {
    boolean wished = pending.remove(peer);
    boolean alive = departedAlive.remove(peer);
    if (active.contains(peer)) {
      removeActive(peer);
      demote(peer, false);
      refill(peer);
    } else if (!alive) {
      boolean failed = passive.remove(peer);
      forgetUnlessKnown(peer);
      if (wished || failed) {
        refill(peer);
      }
    }
  }

  void neighborTimeout(EndpointId peer, long request) {
    if (!pending.remove(peer, request) || active.contains(peer)) {
      return;
    }
    passive.remove(peer);
    forgetUnlessKnown(peer);
    out.release(peer);
    refill(peer);
  }

  void shuffle() {
    active
        .pick(random, peer -> true)
        .ifPresent(
            target -> {
              List<PeerInfo> nodes = new ArrayList<>();
              active.sample(random, config.shuffleActive(), peer -> !peer.equals(target)).forEach(
                  peer -> nodes.add(directory.info(peer)));
              passive.sample(random, config.shufflePassive(), peer -> !peer.equals(target)).forEach(
                  peer -> nodes.add(directory.info(peer)));
              nodes.add(new PeerInfo(self, out.selfData()));
              out.send(target, new Shuffle(self, directory.fitting(nodes), config.shuffleWalk()));
            });
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
    directory.put(peer, data);
    if (isNew) {
      passive.remove(peer);
      departedAlive.remove(peer);
      active.add(peer);
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
    demote(peer, true);
  }

  private void removeActive(EndpointId peer) {
    active.remove(peer);
    pending.remove(peer);
    out.neighborDown(peer);
  }

  private void demote(EndpointId peer, boolean alive) {
    if (alive) {
      addPassive(directory.info(peer));
      departedAlive.add(peer);
    } else {
      forgetUnlessKnown(peer);
    }
  }

  private void addPassive(PeerInfo peer) {
    EndpointId id = peer.id();
    if (id.equals(self)) {
      return;
    }
    directory.put(id, peer.data());
    if (active.contains(id) || passive.contains(id)) {
      return;
    }
    if (passive.size() >= config.passiveCapacity()) {
      passive.pick(random, other -> true).ifPresent(
          evicted -> {
            passive.remove(evicted);
            forgetUnlessKnown(evicted);
          });
    }
    passive.add(id);
  }

  private void forgetUnlessKnown(EndpointId peer) {
    if (!reached(peer)) {
      directory.remove(peer);
    }
    if (!passive.contains(peer)) {
      departedAlive.remove(peer);
    }
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
    List<PeerInfo> nodes = new ArrayList<>();
    passive.sample(random, count, peer -> !peer.equals(to)).forEach(peer -> nodes.add(directory.info(peer)));
    active.sample(random, count - nodes.size(), peer -> !peer.equals(to)).forEach(
        peer -> nodes.add(directory.info(peer)));
    out.send(to, new ShuffleReply(directory.fitting(nodes)));
  }
}
