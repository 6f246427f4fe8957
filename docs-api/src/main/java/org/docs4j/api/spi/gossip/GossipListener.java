package org.docs4j.api.spi.gossip;

/** Told of what happens in a topic. */
@FunctionalInterface
public interface GossipListener {
  /**
   * Takes the next event, in order, on a thread of the gossip: must not block (gossip330). When the listener falls
   * behind and events had to be dropped, the next one is {@link GossipEvent.Lagged}.
   */
  void onEvent(GossipEvent event);
}
