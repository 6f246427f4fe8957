package org.docs4j.gossip.proto;

import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;

/**
 * Something that shall be handed back later, as it is.
 *
 * @param topic whose
 * @param generation which joining of the topic it belongs to: a timer from before a topic was left means nothing after
 * @param kind what for
 */
public record GossipTimer(TopicId topic, long generation, Kind kind) {
  /** What a timer is for. */
  public sealed interface Kind {}

  /** Exchange peers with a random neighbour. */
  public record Shuffle() implements Kind {}

  /**
   * A peer has not answered a wish to be neighbours.
   *
   * @param peer who
   * @param request which wish
   */
  public record NeighborTimeout(EndpointId peer, long request) implements Kind {}

  /** Contact peers that are not reached. */
  public record Rejoin() implements Kind {}

  /**
   * Ask for an announced message that has not arrived.
   *
   * @param id which one
   */
  public record SendGraft(MessageId id) implements Kind {}

  /** Send the announcements that have gathered. */
  public record DispatchAnnouncements() implements Kind {}

  /** Forget old messages. */
  public record Evict() implements Kind {}
}
