package org.docs4j.transport.quic;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;

/**
 * Counts the streams that are open on all connections of an endpoint, against a limit. Confined to the event loop.
 *
 * <p>A quarter of the places is kept for streams that this side opens, and a quarter for the first streams that the peers
 * of as many connections as there may be open, some for each: nobody can take these away. For the others, a network must
 * leave three free for each that it has, and a peer three more for each of its own: a peer alone has a seventh of them at
 * most, and a network a quarter. Streams count from when the peer must have opened them, also if nobody takes them: one
 * byte is enough to open all that a connection may have.
 */
final class StreamPlaces {
  private static final int QUARTER = 4;
  private static final int FREE_FOR_EACH = 3;

  private final int most;
  private final int mostShared;
  private final int first;
  private final Map<EndpointId, Integer> perPeer = new HashMap<>();
  private final Map<Bytes, Integer> perNetwork = new HashMap<>();
  private int own;
  private int incoming;
  private int shared;

  StreamPlaces(QuicSettings settings) {
    most = settings.maxStreams();
    mostShared = most - 2 * (most / QUARTER);
    first = most / QUARTER / settings.maxConnections();
  }

  /** How many there may be. */
  int most() {
    return most;
  }

  /** The part of a connection, which has no streams yet. */
  Part of(EndpointId peer, InetAddress address) {
    return new Part(peer, Admission.network(address));
  }

  private static <K> void add(Map<K, Integer> counts, K key, int change) {
    counts.merge(key, change, (before, more) -> before + more == 0 ? null : before + more);
  }

  /** The streams of one connection. */
  final class Part {
    private final EndpointId peer;
    private final Bytes network;
    private int ownHere;
    private int incomingHere;
    private boolean ended;

    private Part(EndpointId peer, Bytes network) {
      this.peer = peer;
      this.network = network;
    }

    /** Whether this side may open one more stream; or the peer, if it is not local. */
    boolean hasRoom(boolean local) {
      int left = most - own - incoming;
      if (local || incomingHere < first) {
        return left > 0;
      }
      int free = Math.min(left, mostShared - shared);
      return FREE_FOR_EACH * (perNetwork.getOrDefault(network, 0) + perPeer.getOrDefault(peer, 0)) < free;
    }

    void opened(boolean local) {
      change(local ? 1 : 0, local ? 0 : 1);
    }

    /** One stream is over. */
    void left(boolean local) {
      change(local ? -1 : 0, local ? 0 : -1);
    }

    /** The connection has ended, and all its streams with it; what comes later is not counted. */
    void end() {
      change(-ownHere, -incomingHere);
      ended = true;
    }

    private void change(int ofOwn, int ofIncoming) {
      if (ended) {
        return;
      }
      ownHere += ofOwn;
      own += ofOwn;
      int sharedBefore = sharedHere();
      incomingHere += ofIncoming;
      incoming += ofIncoming;
      int ofShared = sharedHere() - sharedBefore;
      if (ofShared != 0) {
        shared += ofShared;
        add(perPeer, peer, ofShared);
        add(perNetwork, network, ofShared);
      }
    }

    private int sharedHere() {
      return Math.max(0, incomingHere - first);
    }
  }
}
