package org.docs4j.gossip.proto;

import java.util.TreeMap;
import org.docs4j.api.model.EndpointId;

/**
 * The Neighbor messages whose answer may still come, each with a number that tells it from earlier ones to the same peer.
 *
 * <p>Answers are kept here like requests: a second Neighbor that crosses with an answer is then not answered once more,
 * and two peers never answer each other forever.
 */
final class PendingNeighbors {
  private static final int MAX_PENDING = 256;

  private final TreeMap<EndpointId, Long> requests = new TreeMap<>();
  private long next;

  boolean contains(EndpointId peer) {
    return requests.containsKey(peer);
  }

  boolean isFull() {
    return requests.size() >= MAX_PENDING;
  }

  /** Notes a new message to a peer and returns its number. */
  long add(EndpointId peer) {
    requests.put(peer, next);
    return next++;
  }

  boolean remove(EndpointId peer) {
    return requests.remove(peer) != null;
  }

  /** Removes the message if it is the newest to this peer. */
  boolean remove(EndpointId peer, long request) {
    return requests.remove(peer, request);
  }

  /** How many wait for peers that are not neighbours yet. */
  int outside(PeerView active) {
    int count = 0;
    for (EndpointId peer : requests.keySet()) {
      count += active.contains(peer) ? 0 : 1;
    }
    return count;
  }
}
