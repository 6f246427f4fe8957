package org.docs4j.gossip.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;

/**
 * One peer: its connections, of which the newest is used for sending and all are read, and what waits while it is
 * dialled. For the gossip thread.
 */
final class Peer {
  /** More than two crossing dials and a restart leave behind. */
  private static final int MAX_CONNECTIONS = 4;

  private static final int MAX_WAITING = 256;

  private final EndpointId id;
  private final ArrayList<PeerConnection> connections = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean dialling;

  private record Waiting(TopicId topic, Bytes frame, boolean last) {}

  Peer(EndpointId id) {
    this.id = id;
  }

  EndpointId id() {
    return id;
  }

  boolean connected() {
    return !connections.isEmpty();
  }

  boolean dialling() {
    return dialling;
  }

  void dialling(boolean now) {
    dialling = now;
  }

  List<PeerConnection> connections() {
    return List.copyOf(connections);
  }

  /**
   * Sends a frame, or keeps it for the connection that is being made. What waits already is not added again: attempts to
   * join repeat while the first one is still under way.
   *
   * @param last whether the topic's stream ends with it
   * @return whether there was room
   */
  boolean send(TopicId topic, byte[] frame, boolean last) {
    if (connected()) {
      PeerConnection newest = connections.get(connections.size() - 1);
      boolean taken = newest.send(topic, frame);
      if (last) {
        newest.finish(topic);
      }
      return taken;
    }
    Waiting added = new Waiting(topic, Bytes.of(frame), last);
    return waiting.contains(added) || (waiting.size() < MAX_WAITING && waiting.add(added));
  }

  /** Uses a new connection from now on; the older ones are only read. */
  void adopt(PeerConnection connection) {
    connections.forEach(PeerConnection::finishAll);
    connections.add(connection);
    if (connections.size() > MAX_CONNECTIONS) {
      connections.get(0).close();
    }
    while (!waiting.isEmpty()) {
      Waiting next = waiting.remove();
      send(next.topic(), next.frame().toByteArray(), next.last());
    }
  }

  void remove(PeerConnection connection) {
    connections.remove(connection);
  }

  void release() {
    connections.forEach(PeerConnection::release);
  }
}
