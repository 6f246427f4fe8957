package org.docs4j.api.spi.gossip;

import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;

/** Membership in a topic by one listener. Safe to use from any thread; no method blocks. */
public interface GossipTopic extends AutoCloseable {
  /**
   * Sends to everyone in the topic (gossip320). Delivery is best effort: whoever joins later or was cut off learns of
   * the message by other means, for documents by a sync session.
   *
   * @return whether it was taken; {@code false} when the content exceeds {@link Gossip#maxContentBytes()} or the queue
   *     of the node is full, and then nobody gets it
   */
  boolean broadcast(Bytes content);

  /** Sends to the direct neighbours only; they do not pass it on (gossip321). Returns as {@link #broadcast}. */
  boolean broadcastNeighbors(Bytes content);

  /** Contacts more peers for this topic (gossip322). */
  void addPeers(List<EndpointAddr> peers);

  /** Ends this membership; the node leaves the topic with the last one (gossip323). Idempotent. */
  @Override
  void close();
}
