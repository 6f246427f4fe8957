package org.docs4j.transport.quic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;

/** Counts what others make this endpoint hold, against the limits. Confined to the event loop. */
final class Admission {
  private static final int BUSY_PART = 4;
  private static final int ADDRESS_PART = 2;
  private static final int NETWORK_BYTES = 8;

  private final QuicSettings settings;
  private final Map<EndpointId, Integer> perPeer = new HashMap<>();
  private final Map<Bytes, Integer> perNetwork = new HashMap<>();
  private final Map<Bytes, Integer> handshakesPerNetwork = new HashMap<>();
  private int handshakes;
  private int connections;

  Admission(QuicSettings settings) {
    this.settings = settings;
  }

  /** Whether so many handshakes are under way that further diallers must show that they are where they say. */
  boolean isBusy() {
    return handshakes * BUSY_PART >= settings.maxHandshakes() || !hasRoom();
  }

  private boolean hasRoom() {
    return handshakes < settings.maxHandshakes() && handshakes + connections < settings.maxConnections();
  }

  /** Whether there is room for one more handshake from there, and for the connection that may come of it. */
  boolean hasRoom(InetAddress address) {
    int most = Math.max(1, settings.maxHandshakes() / ADDRESS_PART);
    return hasRoom() && handshakesPerNetwork.getOrDefault(network(address), 0) < most;
  }

  void handshakeBegan(InetAddress address) {
    handshakes++;
    handshakesPerNetwork.merge(network(address), 1, Integer::sum);
  }

  void handshakeEnded(InetAddress address) {
    handshakes--;
    leave(handshakesPerNetwork, network(address));
  }

  /** What one owner can be expected to have: an IPv4 address, or an IPv6 network of 64 bits. */
  static Bytes network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Bytes.of(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }

  /** Takes a connection in, or returns false because the peer or its network has too many. */
  boolean admit(EndpointId peer, InetAddress address) {
    Bytes network = network(address);
    if (perPeer.getOrDefault(peer, 0) >= settings.maxConnectionsPerPeer()
        || perNetwork.getOrDefault(network, 0) >= settings.maxConnectionsPerNetwork()) {
      return false;
    }
    perPeer.merge(peer, 1, Integer::sum);
    perNetwork.merge(network, 1, Integer::sum);
    connections++;
    return true;
  }

  void left(EndpointId peer, InetAddress address) {
    leave(perPeer, peer);
    leave(perNetwork, network(address));
    connections--;
  }

  private static <K> void leave(Map<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
