package org.docs4j.gossip.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.docs4j.api.model.EndpointId;

/** A small set of peers in the order in which they came, from which random ones are picked. */
final class PeerView {
  private final List<EndpointId> peers = new ArrayList<>();

  boolean contains(EndpointId peer) {
    return peers.contains(peer);
  }

  int size() {
    return peers.size();
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }

  boolean add(EndpointId peer) {
    return !peers.contains(peer) && peers.add(peer);
  }

  boolean remove(EndpointId peer) {
    return peers.remove(peer);
  }

  List<EndpointId> toList() {
    return List.copyOf(peers);
  }

  /** A random one of those that are allowed. */
  Optional<EndpointId> pick(RandomGenerator random, Predicate<EndpointId> allowed) {
    List<EndpointId> candidates = filtered(allowed);
    return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(random.nextInt(candidates.size())));
  }

  /** Up to {@code count} of those that are allowed, in random order. */
  List<EndpointId> sample(RandomGenerator random, int count, Predicate<EndpointId> allowed) {
    List<EndpointId> candidates = filtered(allowed);
    int wanted = Math.min(Math.max(count, 0), candidates.size());
    for (int i = 0; i < wanted; i++) {
      int j = i + random.nextInt(candidates.size() - i);
      EndpointId swapped = candidates.get(i);
      candidates.set(i, candidates.get(j));
      candidates.set(j, swapped);
    }
    return List.copyOf(candidates.subList(0, wanted));
  }

  private List<EndpointId> filtered(Predicate<EndpointId> allowed) {
    List<EndpointId> candidates = new ArrayList<>(peers);
    candidates.removeIf(allowed.negate());
    return candidates;
  }
}
