package org.docs4j.gossip.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.docs4j.api.model.EndpointId;

/** What peers said about themselves, kept only as long as somebody asks for it. */
final class PeerDirectory {
  /** More than any honest node needs for its addresses; longer data is not kept. */
  static final int MAX_DATA_BYTES = 1024;

  /** An id, a tag and a length of two bytes. */
  private static final int NODE_OVERHEAD = 35;

  private final TopicOutbox out;
  private final int listBudget;
  private final TreeMap<EndpointId, PeerData.Present> known = new TreeMap<>();

  /** A directory whose lists fit into messages of the given size. */
  PeerDirectory(TopicOutbox out, int maxMessageBytes) {
    this.out = out;
    this.listBudget = maxMessageBytes - 64;
  }

  void put(EndpointId peer, PeerData data) {
    if (data instanceof PeerData.Present present && data.size() <= MAX_DATA_BYTES) {
      PeerData.Present old = known.put(peer, present);
      if (!present.equals(old) && data.size() > 0) {
        out.learnt(peer, present.bytes());
      }
    }
  }

  void remove(EndpointId peer) {
    known.remove(peer);
  }

  PeerInfo info(EndpointId peer) {
    PeerData.Present data = known.get(peer);
    return new PeerInfo(peer, data == null ? PeerData.absent() : data);
  }

  int size() {
    return known.size();
  }

  /** The list cut so that a message with it stays below the limit: data goes before peers do. */
  List<PeerInfo> fitting(List<PeerInfo> nodes) {
    List<PeerInfo> fitting = new ArrayList<>(nodes.size());
    int used = nodes.size() * NODE_OVERHEAD;
    for (PeerInfo node : nodes) {
      boolean fits = used + node.data().size() <= listBudget;
      fitting.add(fits ? node : new PeerInfo(node.id(), PeerData.absent()));
      used += fits ? node.data().size() : 0;
    }
    int most = Math.min(fitting.size(), listBudget / NODE_OVERHEAD);
    return fitting.subList(0, most);
  }
}
