package org.docs4j.gossip.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.wire.Frames;
import org.jspecify.annotations.Nullable;

/** The peers that the node talks to; dials them when there is something to say. For the gossip thread. */
final class PeerTable {
  private static final System.Logger LOG = System.getLogger(PeerTable.class.getName());
  private static final int MAX_PEERS = 4096;
  private static final int MAX_DIALS = 64;
  private static final int MAX_DIALS_WAITING = 1024;
  private static final int LENGTH_BYTES = 4;
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(5);

  private final Endpoint endpoint;
  private final NodeContext context;
  private final TreeMap<EndpointId, Peer> peers = new TreeMap<>();
  private final ArrayDeque<Peer> dialsWaiting = new ArrayDeque<>();
  private int dials;
  private boolean sweepScheduled;
  private boolean closed;
  private @Nullable Message lastMessage;
  private byte[] lastFrame = new byte[0];

  PeerTable(Endpoint endpoint, NodeContext context) {
    this.endpoint = endpoint;
    this.context = context;
  }

  /** Sends a message, over a new connection if there is none. */
  void send(EndpointId to, TopicId topic, Message message) {
    byte[] frame = encoded(message);
    if (frame.length - LENGTH_BYTES > context.maxMessageBytes()) {
      LOG.log(System.Logger.Level.DEBUG, "dropped a message of {0} bytes", frame.length);
      return;
    }
    Peer peer = peers.computeIfAbsent(to, Peer::new);
    if (!peer.send(topic, frame, message instanceof Disconnect)) {
      LOG.log(System.Logger.Level.DEBUG, "dropped a message to {0}, which is slow", to.shortText());
    }
    if (!peer.connected() && !peer.dialling()) {
      dial(peer);
    }
  }

  /** The frame of a message; one message goes to several peers in a row. */
  private byte[] encoded(Message message) {
    if (!message.equals(lastMessage)) {
      lastFrame = Frames.message(message);
      lastMessage = message;
    }
    return lastFrame;
  }

  private void dial(Peer peer) {
    if (closed || peers.size() > MAX_PEERS || dialsWaiting.size() >= MAX_DIALS_WAITING) {
      forget(peer);
      return;
    }
    peer.dialling(true);
    dialsWaiting.add(peer);
    dialNext();
  }

  private void dialNext() {
    while (!closed && dials < MAX_DIALS && !dialsWaiting.isEmpty()) {
      Peer peer = dialsWaiting.remove();
      dials++;
      try {
        context.then(
            endpoint.connect(EndpointAddr.of(peer.id()), GossipNode.ALPN),
            connection -> {
              adopt(connection);
              dialled(peer);
              dialNext();
            },
            failure -> {
              debug(peer.id(), "could not be reached", failure);
              dialled(peer);
              dialNext();
            });
      } catch (DocsException e) {
        debug(peer.id(), "could not be dialled", e);
        dialled(peer);
      }
    }
  }

  private void dialled(Peer peer) {
    dials--;
    peer.dialling(false);
    if (!peer.connected()) {
      forget(peer);
    }
  }

  private void forget(Peer peer) {
    peers.remove(peer.id(), peer);
    context.lost(peer.id());
  }

  /** Takes a connection, dialled or accepted. */
  void adopt(Connection transport) {
    EndpointId id = transport.remoteId();
    if (closed || id.equals(endpoint.id()) || (!peers.containsKey(id) && peers.size() >= MAX_PEERS)) {
      transport.close(0, PeerConnection.CLOSE_REASON);
      return;
    }
    PeerConnection connection = new PeerConnection(this, context, transport);
    connection.start();
    peers.computeIfAbsent(id, Peer::new).adopt(connection);
    scheduleSweep();
  }

  /** A connection has ended. */
  void ended(PeerConnection connection) {
    Peer peer = peers.get(connection.remote());
    if (peer != null) {
      peer.remove(connection);
      if (!peer.connected() && !peer.dialling()) {
        forget(peer);
      }
    }
  }

  /** Nobody needs the peer: ends its connections once everything is said. */
  void release(EndpointId id) {
    Peer peer = peers.get(id);
    if (peer != null) {
      peer.release();
    }
  }

  /** Takes no more connections, and hands all that is still to be said to the transport. */
  void farewell() {
    closed = true;
    peers.values().forEach(peer -> peer.connections().forEach(PeerConnection::farewell));
  }

  private void scheduleSweep() {
    if (!sweepScheduled) {
      sweepScheduled = true;
      context.later(SWEEP_INTERVAL, this::sweep);
    }
  }

  private void sweep() {
    sweepScheduled = false;
    List.copyOf(peers.values()).forEach(peer -> peer.connections().forEach(PeerConnection::sweep));
    if (!peers.isEmpty()) {
      scheduleSweep();
    }
  }

  void debug(EndpointId peer, String what, @Nullable Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, () -> "peer " + peer.shortText() + ": " + what, cause);
  }
}
