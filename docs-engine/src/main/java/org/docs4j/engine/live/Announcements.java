package org.docs4j.engine.live;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;

/** The last peers that announced content which nobody wants yet; bounded, the oldest are forgotten. */
final class Announcements {
  private static final int MAX = 1024;

  private final Map<Hash, EndpointId> peers = new LinkedHashMap<>();

  void put(Hash hash, EndpointId peer) {
    peers.put(hash, peer);
    if (peers.size() > MAX) {
      peers.remove(peers.keySet().iterator().next());
    }
  }

  Optional<EndpointId> take(Hash hash) {
    return Optional.ofNullable(peers.remove(hash));
  }
}
