package org.docs4j.gossip.proto;

import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;

/** What {@link GossipState} is told. */
public sealed interface GossipInput {
  /**
   * Joins a topic, or contacts more peers for one that is joined.
   *
   * @param topic which one
   * @param peers whom to contact; they are remembered and tried again while they are not reached
   */
  record Join(TopicId topic, List<EndpointId> peers) implements GossipInput {
    /** Copies the list. */
    public Join {
      peers = List.copyOf(peers);
    }
  }

  /**
   * Leaves a topic; nothing happens if it is not joined.
   *
   * @param topic which one
   */
  record Leave(TopicId topic) implements GossipInput {}

  /**
   * Sends a content; nothing happens if the topic is not joined.
   *
   * @param topic where
   * @param content what, within the limit of {@link GossipConfig#maxContentBytes()}
   * @param audience to whom
   */
  record Broadcast(TopicId topic, Bytes content, Audience audience) implements GossipInput {}

  /**
   * A message arrived.
   *
   * @param topic where
   * @param from the peer that sent it
   * @param message what it said
   */
  record Received(TopicId topic, EndpointId from, Message message) implements GossipInput {}

  /**
   * The time of a {@link GossipOutput.Schedule} has come.
   *
   * @param timer as it was handed out
   */
  record TimerExpired(GossipTimer timer) implements GossipInput {}

  /**
   * The last connection to a peer has ended, or it could not be reached at all.
   *
   * @param peer who
   */
  record PeerDisconnected(EndpointId peer) implements GossipInput {}

  /**
   * What this node tells of itself has changed.
   *
   * @param data what from now on
   */
  record SelfChanged(PeerData data) implements GossipInput {}

  /** To whom a content is sent. */
  enum Audience {
    /** Everyone in the topic. */
    SWARM,
    /** The neighbours that get messages in full; they do not pass it on. */
    NEIGHBORS
  }
}
