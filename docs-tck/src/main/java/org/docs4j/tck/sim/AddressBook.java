package org.docs4j.tck.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;

/** The addresses of peers that an endpoint was told of, the newest of each of the peers used last. */
final class AddressBook {
  private static final int PEERS = 1024;
  private static final int ADDRESSES = 16;

  private final Map<EndpointId, LinkedHashSet<TransportAddr>> peers = new LinkedHashMap<>(16, 0.75f, true);

  void learn(EndpointId peer, Collection<TransportAddr> learnt) {
    if (learnt.isEmpty()) {
      return;
    }
    LinkedHashSet<TransportAddr> addresses = peers.computeIfAbsent(peer, missing -> new LinkedHashSet<>());
    addresses.removeAll(learnt);
    addresses.addAll(learnt);
    dropEldest(addresses, ADDRESSES);
    dropEldest(peers.keySet(), PEERS);
  }

  Set<TransportAddr> of(EndpointId peer) {
    Set<TransportAddr> addresses = peers.get(peer);
    return addresses == null ? Set.of() : new LinkedHashSet<>(addresses);
  }

  private static void dropEldest(Set<?> set, int most) {
    for (var eldest = set.iterator(); set.size() > most; ) {
      eldest.next();
      eldest.remove();
    }
  }
}
