package org.docs4j.gossip.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;

/** The two views of a topic, with what is kept about the peers in them: nothing about anybody else for longer than needed. */
final class Views {
  private final EndpointId self;
  private final MembershipConfig config;
  private final RandomGenerator random;
  private final Predicate<EndpointId> awaited;
  private final PeerView active = new PeerView();
  private final PeerView passive = new PeerView();
  private final PeerDirectory directory;

  /** Passive peers that ended the neighbourhood alive: the end of their connection is no sign of failure. */
  private final TreeSet<EndpointId> departedAlive = new TreeSet<>();

  /** Empty views; what is known of peers whose answer is awaited is kept as well. */
  Views(
      EndpointId self,
      MembershipConfig config,
      RandomGenerator random,
      PeerDirectory directory,
      Predicate<EndpointId> awaited) {
    this.self = self;
    this.config = config;
    this.random = random;
    this.directory = directory;
    this.awaited = awaited;
  }

  PeerView active() {
    return active;
  }

  PeerView passive() {
    return passive;
  }

  boolean isFull() {
    return active.size() >= config.activeCapacity();
  }

  /** Of how many peers something is kept. */
  int known() {
    return directory.size();
  }

  void learn(PeerInfo peer) {
    directory.put(peer.id(), peer.data());
  }

  void addActive(EndpointId peer) {
    passive.remove(peer);
    departedAlive.remove(peer);
    active.add(peer);
  }

  /** Remembers a peer; a random one makes room if there are too many. */
  void addPassive(PeerInfo peer) {
    EndpointId id = peer.id();
    if (id.equals(self)) {
      return;
    }
    learn(peer);
    if (active.contains(id) || passive.contains(id)) {
      return;
    }
    if (passive.size() >= config.passiveCapacity()) {
      passive.pick(random, other -> true).ifPresent(this::removePassive);
    }
    passive.add(id);
  }

  void removePassive(EndpointId peer) {
    passive.remove(peer);
    forgetUnlessKnown(peer);
  }

  /** Remembers a peer that is no neighbour any more if it is alive, else forgets it. */
  void demote(EndpointId peer, boolean alive) {
    if (alive) {
      addPassive(directory.info(peer));
      departedAlive.add(peer);
    } else {
      forgetUnlessKnown(peer);
    }
  }

  void departedAlive(EndpointId peer) {
    if (passive.contains(peer)) {
      departedAlive.add(peer);
    }
  }

  /** Whether a peer had departed alive; asked once. */
  boolean takeDepartedAlive(EndpointId peer) {
    return departedAlive.remove(peer);
  }

  void forgetUnlessKnown(EndpointId peer) {
    if (!active.contains(peer) && !passive.contains(peer) && !awaited.test(peer)) {
      directory.remove(peer);
    }
    if (!passive.contains(peer)) {
      departedAlive.remove(peer);
    }
  }

  /** Some neighbours and some remembered peers, and this node itself. */
  List<PeerInfo> offer(EndpointId target, PeerData selfData) {
    List<PeerInfo> nodes = new ArrayList<>();
    add(nodes, active.sample(random, config.shuffleActive(), peer -> !peer.equals(target)));
    add(nodes, passive.sample(random, config.shufflePassive(), peer -> !peer.equals(target)));
    nodes.add(new PeerInfo(self, selfData));
    return directory.fitting(nodes);
  }

  /** So many remembered peers, and neighbours where these are too few. */
  List<PeerInfo> some(EndpointId target, int count) {
    List<PeerInfo> nodes = new ArrayList<>();
    add(nodes, passive.sample(random, count, peer -> !peer.equals(target)));
    add(nodes, active.sample(random, count - nodes.size(), peer -> !peer.equals(target)));
    return directory.fitting(nodes);
  }

  private void add(List<PeerInfo> nodes, List<EndpointId> peers) {
    peers.forEach(peer -> nodes.add(directory.info(peer)));
  }
}
