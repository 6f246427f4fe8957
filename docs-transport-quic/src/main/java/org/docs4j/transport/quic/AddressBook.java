package org.docs4j.transport.quic;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the addresses of peers, and of how they prove who they are. Bounded: of the peers the ones that were
 * looked at or learnt last are kept, of each peer's addresses the ones that were learnt last. Peers that only came by
 * themselves have a place of their own: anybody can make keys and come with them, and must not push out the peers that
 * this side was told of or dialled. Safe to use from any thread.
 */
final class AddressBook {
  static final int MAX_PEERS = 4096;
  static final int MAX_STRANGERS = 1024;
  static final int MAX_ADDRESSES = 16;

  private final Map<EndpointId, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<EndpointId, Peer> strangers = new LinkedHashMap<>(16, 0.75f, true);
  private volatile Consumer<EndpointAddr> news = peer -> {};

  /** Tells of addresses that may be new, in the thread that brings them. */
  void onNews(Consumer<EndpointAddr> listener) {
    news = listener;
  }

  void learn(EndpointAddr peer) {
    if (!peer.addresses().isEmpty()) {
      add(peer);
      news.accept(peer);
    }
  }

  private synchronized void add(EndpointAddr peer) {
    Peer stranger = strangers.remove(peer.id());
    peers.computeIfAbsent(peer.id(), id -> stranger == null ? new Peer() : stranger).add(peer.addresses());
    limit(peers, MAX_PEERS);
  }

  private static void limit(Map<EndpointId, Peer> peers, int most) {
    if (peers.size() > most) {
      Iterator<EndpointId> oldest = peers.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private Optional<Peer> find(EndpointId peer) {
    Peer known = peers.get(peer);
    return Optional.ofNullable(known == null ? strangers.get(peer) : known);
  }

  synchronized Optional<EndpointAddr> known(EndpointId peer) {
    return find(peer).map(known -> new EndpointAddr(peer, new TreeSet<>(known.addresses)));
  }

  /** A peer proved at this address, in this way, who it is; having come by itself, or having been dialled. */
  void seen(EndpointId peer, InetSocketAddress address, IdentityKind kind, boolean cameByItself) {
    EndpointAddr where = EndpointAddr.of(peer, List.of(address));
    synchronized (this) {
      if (cameByItself && !peers.containsKey(peer)) {
        strangers.computeIfAbsent(peer, id -> new Peer()).add(where.addresses());
        limit(strangers, MAX_STRANGERS);
      } else {
        add(where);
      }
      find(peer).orElseThrow().kind = kind;
    }
    news.accept(where);
  }

  /** How a peer proved who it is when it was seen last. */
  synchronized Optional<IdentityKind> kind(EndpointId peer) {
    return find(peer).map(known -> known.kind);
  }

  private static final class Peer {
    private final ArrayDeque<TransportAddr> addresses = new ArrayDeque<>();
    private @Nullable IdentityKind kind;

    private void add(Iterable<TransportAddr> more) {
      for (TransportAddr address : more) {
        addresses.remove(address);
        addresses.addFirst(address);
        if (addresses.size() > MAX_ADDRESSES) {
          addresses.removeLast();
        }
      }
    }
  }
}
