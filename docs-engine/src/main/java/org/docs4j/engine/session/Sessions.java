package org.docs4j.engine.session;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.ranger.RangeMessage;

/** Begins and accepts sessions. Safe to use from any thread. */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  /** How many sessions of peers run at once; beyond it they are turned away. */
  static final int MAX_INCOMING = 128;

  /** How many of them are of the same peer, so that one alone cannot keep the others out. */
  static final int MAX_OF_A_PEER = MAX_INCOMING / 2;

  /** After a dial of this time the first message is made again, since much may have changed. */
  private static final Duration FRESH = Duration.ofMillis(200);

  /** How long a connection that peers share stays without a session; the side that dialled closes it earlier. */
  static final Duration IDLE = Duration.ofMinutes(1);

  /** How long a session may take to end when its peer has ended it and begins the next. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final SessionContext context;
  private final SessionConnections connections;
  private final Executor compute;
  private final AtomicInteger incoming = new AtomicInteger();
  private final Map<EndpointId, Integer> byPeer = new ConcurrentHashMap<>();
  private final PeerMemory memory = new PeerMemory();
  private final TurnedAway turnedAway;

  /** Works with the given parts of a node. */
  public Sessions(SessionContext context) {
    this.context = context;
    this.connections = new SessionConnections(context);
    this.compute = context.environment().executor().compute();
    this.turnedAway = new TurnedAway(context.environment());
  }

  /** Dials a peer and syncs a document with it; the stage does not fail, its result tells. */
  public CompletableFuture<SessionResult> dial(Endpoint endpoint, EndpointAddr peer, NamespaceId namespace) {
    // The document stays open, so that the session goes to its end even if nobody else has it open any more.
    CompletionStage<ReplicaHandle> opened = context.sync().open(namespace, OpenOptions.DEFAULT);
    // Two that have synced it just now probably differ by nothing but what came since.
    boolean split = !connections.hasSynced(peer.id(), namespace);
    CompletableFuture<RangeMessage> first = context.sync().initialMessage(namespace, split);
    Ticker ticker = context.environment().ticker();
    long begun = ticker.nanos();
    return CompletableFuture.completedFuture(peer)
        .thenCompose(address -> connections.open(endpoint, address))
        .thenCompose(
            stream -> {
              boolean fresh = ticker.since(begun).compareTo(FRESH) < 0;
              CompletableFuture<RangeMessage> message = fresh ? first : context.sync().initialMessage(namespace, true);
              return initiate(stream, namespace, message)
                  .thenCompose(
                      result ->
                          stream instanceof SharedConnection.Place place && place.wasGone(result)
                              ? again(endpoint, peer, place, namespace)
                              : CompletableFuture.completedFuture(result));
            })
        .handle((result, failure) -> failure == null ? result : SessionResult.failed(Failures.of(failure)))
        .whenComplete((result, failure) -> opened.thenAccept(context.sync()::close));
  }

  /** Once more, since the peer had left a connection that was kept. */
  private CompletableFuture<SessionResult> again(
      Endpoint endpoint, EndpointAddr peer, SharedConnection.Place place, NamespaceId namespace) {
    connections.forget(place.connection());
    return connections
        .open(endpoint, peer)
        .thenCompose(stream -> initiate(stream, namespace, context.sync().initialMessage(namespace, true)));
  }

  private CompletableFuture<SessionResult> initiate(
      SessionStream stream, NamespaceId namespace, CompletableFuture<RangeMessage> first) {
    PeerMemory.Lease lease = memory.lease();
    return first
        .thenComposeAsync(
            message -> {
              FrameStream frames = SyncSession.frames(context, stream.stream());
              return new SyncSession(context, stream, frames, namespace, true, lease).initiate(message);
            },
            compute)
        .whenComplete(
            (result, failure) -> {
              lease.close();
              if (failure != null) {
                stream.abandon();
              } else if (result.succeeded()) {
                stream.synced(namespace);
              }
            });
  }

  /**
   * Takes an incoming connection up to the end of its session, or of its sessions if it is shared.
   *
   * @param decision asked once the peer has said which document it wants
   * @param listener told how an allowed session ended
   */
  public void accept(Connection connection, AcceptDecision decision, AcceptListener listener) {
    if (connection.alpn().equals(SessionContext.SHARED)) {
      acceptNext(new SharedConnection(connection, context.environment(), IDLE), decision, listener);
      return;
    }
    serve(
        connection.remoteId(),
        TimeLimit.of(connection.acceptBidi(), context.patience(), context.environment())
            .thenApply(stream -> (SessionStream) new SessionStream.Alone(connection, stream)),
        reason -> connection.close(0, reason),
        decision,
        listener);
  }

  private void acceptNext(SharedConnection shared, AcceptDecision decision, AcceptListener listener) {
    CompletionStage<BidiStream> next = shared.connection().acceptBidi();
    next.whenCompleteAsync(
        (stream, failure) -> {
          if (failure == null) {
            acceptNext(shared, decision, listener);
            shared.took(stream).ifPresent(place -> serve(shared, place, decision, listener));
          }
        },
        compute);
  }

  private void serve(
      SharedConnection shared, SharedConnection.Place place, AcceptDecision decision, AcceptListener listener) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    serve(
            place.peer(),
            CompletableFuture.completedFuture(place),
            reason -> place.abandon(),
            inOrder(shared, over, decision),
            listener)
        .whenComplete((done, why) -> over.complete(null));
  }

  /** Decides about a session when the one before it about the same document has ended, which is soon if the peer means well. */
  private AcceptDecision inOrder(SharedConnection shared, CompletableFuture<Void> session, AcceptDecision decision) {
    return (namespace, peer) ->
        shared
            .follow(namespace, session)
            .map(
                before ->
                    TimeLimit.of(before, ENDING, context.environment())
                        .handle((done, late) -> true)
                        .thenCompose(done -> decision.decide(namespace, peer)))
            .orElseGet(() -> decision.decide(namespace, peer).toCompletableFuture());
  }

  private CompletionStage<Void> serve(
      EndpointId peer,
      CompletableFuture<SessionStream> coming,
      Consumer<String> end,
      AcceptDecision decision,
      AcceptListener listener) {
    if (!enter(peer)) {
      turnedAway.add(peer);
      end.accept("busy");
      return CompletableFuture.completedStage(null);
    }
    return CompletableFuture.completedStage(coming)
        .thenCompose(stage -> new IncomingSession(context, memory, peer, decision, listener).run(stage))
        .whenComplete(
            (done, failure) -> {
              exit(peer);
              if (failure != null) {
                LOG.log(
                    System.Logger.Level.INFO,
                    "dropped a session of {0}: {1}",
                    peer.shortText(),
                    Failures.of(failure).getMessage());
                end.accept("");
              }
            });
  }

  private boolean enter(EndpointId peer) {
    int before = byPeer.merge(peer, 1, Integer::sum) - 1;
    if (incoming.incrementAndGet() <= MAX_INCOMING && before < MAX_OF_A_PEER) {
      return true;
    }
    exit(peer);
    return false;
  }

  private void exit(EndpointId peer) {
    incoming.decrementAndGet();
    byPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
  }
}
