package org.docs4j.gossip.proto;

import java.util.List;
import org.docs4j.api.model.EndpointId;

/** The messages of HyParView, which decide who is whose neighbour (WIRE 5.2, 5.3). */
public sealed interface MembershipMessage extends Message {
  /**
   * The sender wants to be in the swarm and names the receiver as its contact.
   *
   * @param data of the sender
   */
  record Join(PeerData data) implements MembershipMessage {}

  /**
   * Introduces a joining peer on a random walk.
   *
   * @param peer who joins
   * @param ttl how many hops are left, 0 to 65535
   */
  record ForwardJoin(PeerInfo peer, int ttl) implements MembershipMessage {}

  /**
   * Offers some known peers on a random walk, whose end answers with as many.
   *
   * @param origin who started it and gets the answer
   * @param nodes the peers offered
   * @param ttl how many hops are left, 0 to 65535
   */
  record Shuffle(EndpointId origin, List<PeerInfo> nodes, int ttl) implements MembershipMessage {
    /** Copies the list. */
    public Shuffle {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Peers given in return for a shuffle, or as a farewell.
   *
   * @param nodes the peers
   */
  record ShuffleReply(List<PeerInfo> nodes) implements MembershipMessage {
    /** Copies the list. */
    public ShuffleReply {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * Asks the receiver to be a neighbour, or accepts that.
   *
   * @param priority whether it may be refused
   * @param data of the sender
   */
  record Neighbor(Priority priority, PeerData data) implements MembershipMessage {}

  /**
   * Ends the neighbourhood.
   *
   * @param alive whether the sender stays in the swarm
   * @param respond obsolete, sent as false and ignored
   */
  record Disconnect(boolean alive, boolean respond) implements MembershipMessage {}

  /** Whether a wish to be neighbours may be refused. */
  enum Priority {
    /** It may not: the sender has nobody else. */
    HIGH,
    /** It is refused where there is no free slot. */
    LOW
  }
}
