package org.docs4j.api.spi.gossip;

import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;

/** What happens in a topic. */
public sealed interface GossipEvent {
  /**
   * A peer became a direct neighbour.
   *
   * @param peer who
   */
  record NeighborUp(EndpointId peer) implements GossipEvent {}

  /**
   * A peer is no longer a direct neighbour.
   *
   * @param peer who
   */
  record NeighborDown(EndpointId peer) implements GossipEvent {}

  /**
   * A message arrived, for the first time if its scope is the swarm.
   *
   * @param content what was sent
   * @param from the neighbour that delivered it, not necessarily its origin
   * @param scope to whom it was sent, and how far it came
   */
  record Received(Bytes content, EndpointId from, Scope scope) implements GossipEvent {
    /** Whether it came straight from its origin (WIRE 5.4). */
    public boolean direct() {
      return scope instanceof Scope.Neighbors || (scope instanceof Scope.Swarm swarm && swarm.round() == 0);
    }
  }

  /**
   * Events were dropped because the listener was too slow.
   *
   * @param missed how many, at least one
   */
  record Lagged(long missed) implements GossipEvent {}

  /** To whom a message was sent. */
  sealed interface Scope {
    /**
     * To everyone.
     *
     * @param round how many peers had passed it on before, from 0
     */
    record Swarm(int round) implements Scope {}

    /** To the neighbours of its origin only. */
    record Neighbors() implements Scope {}
  }
}
