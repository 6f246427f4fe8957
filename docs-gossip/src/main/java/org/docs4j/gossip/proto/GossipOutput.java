package org.docs4j.gossip.proto;

import java.time.Duration;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent;

/** What {@link GossipState} wants done, in this order. */
public sealed interface GossipOutput {
  /**
   * Send a message; connect first if need be. It may be dropped without notice.
   *
   * @param topic where
   * @param to the peer
   * @param message what to say
   */
  record Send(TopicId topic, EndpointId to, Message message) implements GossipOutput {}

  /**
   * Hand a timer back after a while.
   *
   * @param delay after how long
   * @param timer what to hand back in {@link GossipInput.TimerExpired}
   */
  record Schedule(Duration delay, GossipTimer timer) implements GossipOutput {}

  /**
   * Tell the application.
   *
   * @param topic where it happened
   * @param event what happened
   */
  record Emit(TopicId topic, GossipEvent event) implements GossipOutput {}

  /**
   * A peer told something about itself or another one; nothing proves it.
   *
   * @param peer whom it is about
   * @param data what was said
   */
  record PeerDataLearnt(EndpointId peer, Bytes data) implements GossipOutput {}

  /**
   * No topic needs this peer any more: end what was said so far, then the connection.
   *
   * @param peer who
   */
  record Release(EndpointId peer) implements GossipOutput {}
}
