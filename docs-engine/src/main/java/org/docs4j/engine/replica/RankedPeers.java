package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.docs4j.api.model.EndpointId;

/**
 * The few peers of a document that are worth remembering, the best first. One that has proved to be useful comes before
 * all others and displaces the last; any other takes a free place only, or strangers could displace those that are (DECISIONS
 * 53). For one thread at a time.
 */
public final class RankedPeers {
  private final int most;
  private final List<EndpointId> ranked;

  /**
   * Peers that are remembered already.
   *
   * @param most how many are remembered at most, at least 1
   * @param ranked those so far, the best first; the first {@code most} of them count
   */
  public RankedPeers(int most, Collection<EndpointId> ranked) {
    this.most = most;
    this.ranked = new ArrayList<>(ranked);
    limit();
  }

  /**
   * Notes a peer.
   *
   * @param proved whether it has shown to be useful
   * @return whether it is remembered now
   */
  public boolean note(EndpointId peer, boolean proved) {
    if (proved) {
      ranked.remove(peer);
      ranked.add(0, peer);
      limit();
      return true;
    }
    if (ranked.contains(peer)) {
      return true;
    }
    return ranked.size() < most && ranked.add(peer);
  }

  private void limit() {
    if (ranked.size() > most) {
      ranked.subList(most, ranked.size()).clear();
    }
  }

  /** All of them now, the best first. */
  public List<EndpointId> ranked() {
    return List.copyOf(ranked);
  }
}
