package org.docs4j.engine.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipListener;
import org.docs4j.api.spi.gossip.GossipTopic;

/** One swarm in which everybody is everybody's neighbour, and which loses what it is told to lose. */
final class SwarmHub {
  static final int MAX_BYTES = 400;

  private final Map<EndpointId, GossipListener> members = new LinkedHashMap<>();
  final List<EndpointAddr> contacted = new ArrayList<>();
  boolean dropping;

  /** The part of one node in it. */
  Gossip gossip(EndpointId self) {
    return new Gossip() {
      @Override
      public int maxContentBytes() {
        return MAX_BYTES;
      }

      @Override
      public GossipTopic join(TopicId topic, List<EndpointAddr> bootstrap, GossipListener listener) {
        members.forEach((peer, other) -> {
          other.onEvent(new GossipEvent.NeighborUp(self));
          listener.onEvent(new GossipEvent.NeighborUp(peer));
        });
        members.put(self, listener);
        contacted.addAll(bootstrap);
        return new Membership(self);
      }

      @Override
      public void close() {
        members.remove(self);
      }
    };
  }

  void lag(EndpointId peer) {
    members.get(peer).onEvent(new GossipEvent.Lagged(1));
  }

  private void others(EndpointId self, BiConsumer<EndpointId, GossipListener> action) {
    new LinkedHashMap<>(members).forEach((peer, listener) -> {
      if (!peer.equals(self)) {
        action.accept(peer, listener);
      }
    });
  }

  private final class Membership implements GossipTopic {
    private final EndpointId self;

    Membership(EndpointId self) {
      this.self = self;
    }

    private boolean send(Bytes content, GossipEvent.Scope scope) {
      if (content.size() > MAX_BYTES) {
        return false;
      }
      if (!dropping) {
        others(self, (peer, listener) -> listener.onEvent(new GossipEvent.Received(content, self, scope)));
      }
      return true;
    }

    @Override
    public boolean broadcast(Bytes content) {
      return send(content, new GossipEvent.Scope.Swarm(0));
    }

    @Override
    public boolean broadcastNeighbors(Bytes content) {
      return send(content, new GossipEvent.Scope.Neighbors());
    }

    @Override
    public void addPeers(List<EndpointAddr> peers) {
      // Everybody is a neighbour already.
      contacted.addAll(peers);
    }

    @Override
    public void close() {
      members.remove(self);
      others(self, (peer, listener) -> listener.onEvent(new GossipEvent.NeighborDown(self)));
    }
  }
}
