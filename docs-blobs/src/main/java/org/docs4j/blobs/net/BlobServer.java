package org.docs4j.blobs.net;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.ConnectionHandler;
import org.docs4j.blobs.proto.Codes;
import org.docs4j.blobs.store.VerifiedStore;

/**
 * Answers the requests of all peers, a bounded number at a time in all and for each peer: who asks for more waits,
 * because the next stream is not accepted. Safe to use from any thread.
 */
final class BlobServer implements ConnectionHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BlobServer.class.getName());
  private static final int MAX_PEERS = 1024;
  private static final int MAX_CONNECTIONS_PER_PEER = 8;

  private final VerifiedStore store;
  private final Environment environment;
  private final Executor io;
  private final StallWatch stalls;
  private final ServeLimits limits;
  private final Map<EndpointId, Peer> peers = new HashMap<>();
  private final Set<ServeStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  BlobServer(VerifiedStore store, Environment environment, StallWatch stalls) {
    this.store = store;
    this.environment = environment;
    this.io = environment.executor().io();
    this.stalls = stalls;
    this.limits = ServeLimits.of(store.options().maxRequests());
  }

  /** A peer with at least one connection. */
  private static final class Peer {
    private final Set<Connection> connections = new HashSet<>();
    private final Permits requests;

    Peer(int requests) {
      this.requests = new Permits(requests);
    }
  }

  @Override
  public void handle(Connection connection) {
    Optional<Peer> peer = admit(connection);
    if (peer.isEmpty()) {
      LOG.log(Level.DEBUG, "a blob connection of {0} was refused", connection.remoteId().shortText());
      connection.close(closed ? Codes.DROPPED : Codes.LIMIT, closed ? "provider terminating" : "too many connections");
      return;
    }
    connection.closed().whenComplete((info, failure) -> leave(connection));
    acceptNext(connection, peer.get());
  }

  private synchronized Optional<Peer> admit(Connection connection) {
    Peer peer = peers.get(connection.remoteId());
    if (closed || (peer == null ? peers.size() >= MAX_PEERS : peer.connections.size() >= MAX_CONNECTIONS_PER_PEER)) {
      return Optional.empty();
    }
    Peer admitted = peer == null ? new Peer(store.options().maxRequestsPerPeer()) : peer;
    admitted.connections.add(connection);
    peers.put(connection.remoteId(), admitted);
    return Optional.of(admitted);
  }

  private synchronized void leave(Connection connection) {
    Peer peer = peers.get(connection.remoteId());
    if (peer != null && peer.connections.remove(connection) && peer.connections.isEmpty()) {
      peers.remove(connection.remoteId());
    }
  }

  /** Accepts one stream, and the next one as soon as that may be served; ends with the connection. */
  private void acceptNext(Connection connection, Peer peer) {
    connection.acceptBidi().thenAccept(stream -> {
      Permits.Permit permit = peer.requests.acquire();
      permit.granted().thenRun(() -> io.execute(() -> {
        acceptNext(connection, peer);
        serve(stream, permit);
      }));
    });
  }

  private void serve(BidiStream stream, Permits.Permit permit) {
    ServeStream serving = new ServeStream(store, stream, environment, limits, ended -> {
      streams.remove(ended);
      stalls.remove(ended);
      permit.release();
    });
    streams.add(serving);
    stalls.add(serving);
    if (closed) {
      serving.end();
    }
    serving.run();
  }

  /** Ends all requests, waiting for work on files, and all connections. Idempotent. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(streams).forEach(ServeStream::end);
    connections().forEach(connection -> connection.close(Codes.DROPPED, "provider terminating"));
  }

  private synchronized List<Connection> connections() {
    return peers.values().stream().flatMap(peer -> peer.connections.stream()).toList();
  }
}
