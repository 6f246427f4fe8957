package org.docs4j.engine.session;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.AbortReason;
import org.docs4j.api.DocsException;
import org.docs4j.api.MalformedMessageException;
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
import org.docs4j.engine.wire.MessageHead;

/** Begins and accepts sessions. Safe to use from any thread. */
public final class Sessions {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  /** How many sessions of peers run at once; beyond it they are turned away. */
  static final int MAX_INCOMING = 128;

  /** How many of them are of the same peer, so that one alone cannot keep the others out. */
  static final int MAX_OF_A_PEER = MAX_INCOMING / 2;

  /** The longest first frame: one fingerprint of everything, whose two ends may be keys of 1 MiB, or several short ones. */
  private static final int MAX_INIT_BYTES = 3 << 20;

  /** After a dial of this time the first message is made again, since much may have changed. */
  private static final Duration FRESH = Duration.ofMillis(200);

  private final SessionContext context;
  private final Executor compute;
  private final AtomicInteger incoming = new AtomicInteger();
  private final Map<EndpointId, Integer> byPeer = new ConcurrentHashMap<>();
  private final PeerMemory memory = new PeerMemory();

  /** Works with the given parts of a node. */
  public Sessions(SessionContext context) {
    this.context = context;
    this.compute = context.environment().executor().compute();
  }

  /** Dials a peer and syncs a document with it; the stage does not fail, its result tells. */
  public CompletableFuture<SessionResult> dial(Endpoint endpoint, EndpointAddr peer, NamespaceId namespace) {
    // The document stays open, so that the session goes to its end even if nobody else has it open any more.
    CompletionStage<ReplicaHandle> opened = context.sync().open(namespace, OpenOptions.DEFAULT);
    CompletableFuture<RangeMessage> first = context.sync().initialMessage(namespace);
    Ticker ticker = context.environment().ticker();
    long begun = ticker.nanos();
    return CompletableFuture.completedStage(peer)
        .thenCompose(address -> endpoint.connect(address, SessionContext.ALPN))
        .thenCompose(
            connection -> {
              boolean fresh = ticker.since(begun).compareTo(FRESH) < 0;
              return initiate(connection, namespace, fresh ? first : context.sync().initialMessage(namespace));
            })
        .handle((result, failure) -> failure == null ? result : failed(Failures.of(failure)))
        .toCompletableFuture()
        .whenComplete((result, failure) -> opened.thenAccept(context.sync()::close));
  }

  private CompletableFuture<SessionResult> initiate(
      Connection connection, NamespaceId namespace, CompletableFuture<RangeMessage> first) {
    PeerMemory.Lease lease = memory.lease();
    return TimeLimit.of(connection.openBidi(), context.patience(), context.environment())
        .thenCompose(
            stream ->
                first.thenComposeAsync(
                    message -> {
                      FrameStream frames = SyncSession.frames(context, stream);
                      return new SyncSession(context, connection, frames, namespace, true, lease).initiate(message);
                    },
                    compute))
        .whenComplete(
            (result, failure) -> {
              lease.close();
              if (failure != null) {
                connection.close(0, "");
              }
            });
  }

  /**
   * Takes an incoming connection up to the end of its session.
   *
   * @param decision asked once the peer has said which document it wants
   * @param listener told how an allowed session ended
   */
  public void accept(Connection connection, AcceptDecision decision, AcceptListener listener) {
    if (!enter(connection.remoteId())) {
      LOG.log(System.Logger.Level.INFO, "too many sessions: turned {0} away", connection.remoteId().shortText());
      connection.close(0, "busy");
      return;
    }
    PeerMemory.Lease lease = memory.lease();
    CompletionStage<Void> run =
        TimeLimit.of(connection.acceptBidi(), context.patience(), context.environment())
            .thenCompose(stream -> firstMessage(connection, stream, lease, decision, listener));
    run.whenComplete(
        (done, failure) -> {
          lease.close();
          exit(connection.remoteId());
          if (failure != null) {
            LOG.log(
                System.Logger.Level.INFO,
                "dropped a connection of {0}: {1}",
                connection.remoteId().shortText(),
                Failures.of(failure).getMessage());
            connection.close(0, "");
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

  private CompletableFuture<Void> firstMessage(
      Connection connection,
      BidiStream stream,
      PeerMemory.Lease lease,
      AcceptDecision decision,
      AcceptListener listener) {
    FrameStream frames = SyncSession.frames(context, stream);
    CollectingSink first = new CollectingSink(lease);
    // Nobody knows yet whether the peer may sync anything, so it gets little memory and time.
    return TimeLimit.of(frames.receive(MAX_INIT_BYTES, first), context.patience(), context.environment())
        .thenCompose(
            head -> {
              if (head.isPresent() && head.get() instanceof MessageHead.Init init) {
                SyncSession session =
                    new SyncSession(context, connection, frames, init.namespace(), false, lease);
                return decide(connection, session, init.namespace(), first, roomFirst(decision), listener);
              }
              return CompletableFuture.failedFuture(new MalformedMessageException("a session has to begin with Init"));
            });
  }

  /** Declines while the sessions that run take too much memory. */
  private AcceptDecision roomFirst(AcceptDecision decision) {
    return (namespace, peer) -> {
      if (memory.hasRoom()) {
        return decision.decide(namespace, peer);
      }
      LOG.log(System.Logger.Level.INFO, "too little memory for sessions: declined one of {0}", peer.shortText());
      return CompletableFuture.completedFuture(new AcceptOutcome.Reject(AbortReason.INTERNAL_SERVER_ERROR));
    };
  }

  private CompletableFuture<Void> decide(
      Connection connection,
      SyncSession session,
      NamespaceId namespace,
      CollectingSink first,
      AcceptDecision decision,
      AcceptListener listener) {
    EndpointId peer = connection.remoteId();
    return CompletableFuture.completedStage(peer)
        .thenCompose(asking -> decision.decide(namespace, asking))
        .exceptionally(failure -> new AcceptOutcome.Reject(AbortReason.INTERNAL_SERVER_ERROR))
        .thenComposeAsync(
            outcome -> {
              if (outcome instanceof AcceptOutcome.Reject reject) {
                LOG.log(
                    System.Logger.Level.DEBUG,
                    "declined to sync {0} with {1}: {2}",
                    namespace.shortText(),
                    peer.shortText(),
                    reject.reason());
                return session.decline(reject.reason());
              }
              long number = ((AcceptOutcome.Allow) outcome).session();
              return session
                  .respond(first.pieces())
                  .thenAccept(result -> listener.onEnd(namespace, peer, number, result));
            },
            compute)
        .toCompletableFuture();
  }

  private static SessionResult failed(DocsException failure) {
    return new SessionResult(Optional.of(failure), 0, 0, 0);
  }
}
