package org.docs4j.engine;

import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipListener;
import org.docs4j.api.spi.gossip.GossipTopic;

/** Swarms of a node that nobody else has found yet. */
final class QuietGossip implements Gossip {
  @Override
  public int maxContentBytes() {
    return 4000;
  }

  @Override
  public GossipTopic join(TopicId topic, List<EndpointAddr> bootstrap, GossipListener listener) {
    return new Alone();
  }

  @Override
  public void close() {}

  private record Alone() implements GossipTopic {
    @Override
    public boolean broadcast(Bytes content) {
      return true;
    }

    @Override
    public boolean broadcastNeighbors(Bytes content) {
      return true;
    }

    @Override
    public void addPeers(List<EndpointAddr> peers) {}

    @Override
    public void close() {}
  }
}
