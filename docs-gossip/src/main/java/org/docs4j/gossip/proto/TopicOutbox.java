package org.docs4j.gossip.proto;

import java.time.Duration;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.gossip.GossipEvent;

/** Where the two protocols of a topic put what they want done. */
interface TopicOutbox {
  void send(EndpointId to, Message message);

  void schedule(Duration delay, GossipTimer.Kind timer);

  void received(GossipEvent.Received event);

  /** A peer became a neighbour. */
  void neighborUp(EndpointId peer);

  /** A neighbour joined anew, as after a restart: it remembers nothing. */
  void neighborRenewed(EndpointId peer);

  /** A peer is no longer a neighbour. */
  void neighborDown(EndpointId peer);

  void learnt(EndpointId peer, Bytes data);

  /** This topic does not need the peer any more. */
  void release(EndpointId peer);

  /** What this node tells of itself. */
  PeerData selfData();
}
