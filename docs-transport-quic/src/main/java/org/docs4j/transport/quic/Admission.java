package org.docs4j.transport.quic;

import java.util.HashMap;
import java.util.Map;
import org.docs4j.api.model.EndpointId;

/** Counts what others make this endpoint hold, against the limits. Confined to the event loop. */
final class Admission {
  private final QuicSettings settings;
  private final Map<EndpointId, Integer> perPeer = new HashMap<>();
  private int handshakes;
  private int connections;

  Admission(QuicSettings settings) {
    this.settings = settings;
  }

  /** Whether there is room for one more handshake, and the connection that may come of it. */
  boolean hasRoom() {
    return handshakes < settings.maxHandshakes() && handshakes + connections < settings.maxConnections();
  }

  void handshakeBegan() {
    handshakes++;
  }

  void handshakeEnded() {
    handshakes--;
  }

  /** Takes a connection in, or returns false because the peer has too many. */
  boolean admit(EndpointId peer) {
    if (perPeer.getOrDefault(peer, 0) >= settings.maxConnectionsPerPeer()) {
      return false;
    }
    perPeer.merge(peer, 1, Integer::sum);
    connections++;
    return true;
  }

  void left(EndpointId peer) {
    perPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
    connections--;
  }
}
