package org.docs4j.transport.quic;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the addresses of peers, and of how they prove who they are. Bounded: of the peers the ones that were looked at or learnt last are
 * kept, of each peer's addresses the ones that were learnt last. Safe to use from any thread.
 */
final class AddressBook {
  static final int MAX_PEERS = 4096;
  static final int MAX_ADDRESSES = 16;

  private final Map<EndpointId, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);

  synchronized void learn(EndpointAddr peer) {
    if (peer.addresses().isEmpty()) {
      return;
    }
    ArrayDeque<TransportAddr> known = peers.computeIfAbsent(peer.id(), id -> new Peer()).addresses;
    for (TransportAddr address : peer.addresses()) {
      known.remove(address);
      known.addFirst(address);
      if (known.size() > MAX_ADDRESSES) {
        known.removeLast();
      }
    }
    if (peers.size() > MAX_PEERS) {
      Iterator<EndpointId> oldest = peers.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized Optional<EndpointAddr> known(EndpointId peer) {
    return Optional.ofNullable(peers.get(peer)).map(known -> new EndpointAddr(peer, new TreeSet<>(known.addresses)));
  }

  /** A peer proved at this address, in this way, who it is. */
  synchronized void seen(EndpointId peer, InetSocketAddress address, IdentityKind kind) {
    learn(EndpointAddr.of(peer, List.of(address)));
    peers.get(peer).kind = kind;
  }

  /** How a peer proved who it is when it was seen last. */
  synchronized Optional<IdentityKind> kind(EndpointId peer) {
    return Optional.ofNullable(peers.get(peer)).map(known -> known.kind);
  }

  private static final class Peer {
    private final ArrayDeque<TransportAddr> addresses = new ArrayDeque<>();
    private @Nullable IdentityKind kind;
  }
}
