package org.docs4j.engine.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.ConnectionClosedException;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Finds a stream for each session that this node begins: on a connection that is there already, if the peer is a node that
 * shares connections, else on a new one. Who dials a peer while it is being dialled waits for that. Safe to use from any
 * thread.
 */
final class SessionConnections {
  /** How long a connection stays without a session, at the side that dialled. */
  static final Duration IDLE = Duration.ofSeconds(10);

  private final SessionContext context;
  private final Map<EndpointId, SharedConnection> kept = new ConcurrentHashMap<>();
  private final Map<EndpointId, CompletableFuture<Boolean>> dials = new ConcurrentHashMap<>();

  SessionConnections(SessionContext context) {
    this.context = context;
  }

  /** A stream to a peer; fails as {@link Endpoint#connect} does. */
  CompletableFuture<SessionStream> open(Endpoint endpoint, EndpointAddr peer) {
    @Nullable SharedConnection there = kept.get(peer.id());
    return there == null
        ? dialOnce(endpoint, peer)
        : there
            .open(context.patience(), true)
            .exceptionallyCompose(
                failure -> {
                  if (Failures.of(failure) instanceof ConnectionClosedException) {
                    forget(there);
                    return dialOnce(endpoint, peer);
                  }
                  return CompletableFuture.failedFuture(failure);
                });
  }

  /** Whether there is a connection to a peer over which a session about a document has ended well. */
  boolean hasSynced(EndpointId peer, NamespaceId namespace) {
    @Nullable SharedConnection there = kept.get(peer);
    return there != null && there.hasSynced(namespace);
  }

  private CompletableFuture<SessionStream> dialOnce(Endpoint endpoint, EndpointAddr peer) {
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    @Nullable CompletableFuture<Boolean> running = dials.putIfAbsent(peer.id(), first);
    if (running != null) {
      return running.thenCompose(shared -> shared ? open(endpoint, peer) : dial(endpoint, peer));
    }
    return CompletableFuture.completedStage(peer)
        .thenCompose(address -> dial(endpoint, address))
        .whenComplete(
            (stream, failure) -> {
              dials.remove(peer.id(), first);
              if (failure != null) {
                first.completeExceptionally(Failures.of(failure));
              } else {
                first.complete(stream instanceof SharedConnection.Place);
              }
            })
        .toCompletableFuture();
  }

  /** A stream on a new connection. */
  CompletableFuture<SessionStream> dial(Endpoint endpoint, EndpointAddr peer) {
    return endpoint.connect(peer, SessionContext.PROTOCOLS).thenCompose(this::first).toCompletableFuture();
  }

  private CompletionStage<SessionStream> first(Connection connection) {
    if (connection.alpn().equals(SessionContext.SHARED)) {
      SharedConnection shared = new SharedConnection(connection, context.environment(), IDLE);
      CompletableFuture<SessionStream> stream = shared.open(context.patience(), false);
      kept.put(connection.remoteId(), shared);
      connection.closed().thenAccept(info -> kept.remove(connection.remoteId(), shared));
      return stream;
    }
    return TimeLimit.of(connection.openBidi(), context.patience(), context.environment())
        .<SessionStream>thenApply(stream -> new SessionStream.Alone(connection, stream))
        .whenComplete(
            (stream, failure) -> {
              if (failure != null) {
                connection.close(0, "");
              }
            });
  }

  /** Begins no more sessions on a connection; it ends when it is idle. */
  void forget(SharedConnection shared) {
    kept.remove(shared.connection().remoteId(), shared);
  }
}
