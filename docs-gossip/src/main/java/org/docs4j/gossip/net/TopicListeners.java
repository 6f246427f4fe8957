package org.docs4j.gossip.net;

import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.spi.gossip.GossipEvent;

/** The listeners of one topic. For the gossip thread. */
final class TopicListeners {
  private final List<ListenerQueue> queues = new ArrayList<>();

  void add(ListenerQueue queue) {
    queues.add(queue);
  }

  /** Removes a listener; says whether it was the last. */
  boolean removeLast(ListenerQueue queue) {
    return queues.remove(queue) && queues.isEmpty();
  }

  void offer(GossipEvent event) {
    queues.forEach(queue -> queue.offer(event));
  }
}
