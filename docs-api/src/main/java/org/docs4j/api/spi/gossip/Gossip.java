package org.docs4j.api.spi.gossip;

import java.util.List;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.TopicId;

/** The node's part in gossip. Safe to use from any thread; no method blocks. */
public interface Gossip extends AutoCloseable {
  /** The longest content that a swarm broadcast may have, in bytes (gossip301). */
  int maxContentBytes();

  /**
   * Joins a topic, or adds a listener and peers to one that is joined already (gossip310).
   *
   * @param topic which one
   * @param bootstrap peers to contact first; may be empty: then others must find us
   * @param listener told of everything that happens from now on
   */
  GossipTopic join(TopicId topic, List<EndpointAddr> bootstrap, GossipListener listener);

  /** Leaves all topics, telling the neighbours, and ends. Idempotent, waits. */
  @Override
  void close();
}
