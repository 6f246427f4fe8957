package org.docs4j.engine.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.AbortReason;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.wire.MessageHead;

/** A session that a peer begins, from its first message on. */
final class IncomingSession {
  private static final System.Logger LOG = System.getLogger(IncomingSession.class.getName());

  /** The longest first frame: one fingerprint of everything, whose two ends may be keys of 1 MiB, or several short ones. */
  private static final int MAX_INIT_BYTES = 3 << 20;

  private final SessionContext context;
  private final PeerMemory memory;
  private final PeerMemory.Lease lease;
  private final EndpointId peer;
  private final AcceptDecision decision;
  private final AcceptListener listener;
  private final Timestamp started;
  private final long startedTicks;

  IncomingSession(
      SessionContext context,
      PeerMemory memory,
      EndpointId peer,
      AcceptDecision decision,
      AcceptListener listener) {
    this.context = context;
    this.memory = memory;
    this.lease = memory.lease();
    this.peer = peer;
    this.decision = decision;
    this.listener = listener;
    this.started = context.environment().clock().now();
    this.startedTicks = context.environment().ticker().nanos();
  }

  /** Goes on up to the end; fails if there was no session, for want of a first message that is one. */
  CompletionStage<Void> run(CompletableFuture<SessionStream> coming) {
    return coming.thenCompose(this::firstMessage).whenComplete((done, failure) -> lease.close());
  }

  private CompletableFuture<Void> firstMessage(SessionStream stream) {
    FrameStream frames = SyncSession.frames(context, stream.stream());
    CollectingSink first = new CollectingSink(lease);
    // Nobody knows yet whether the peer may sync anything, so it gets little memory and time.
    return TimeLimit.of(frames.receive(MAX_INIT_BYTES, first), context.patience(), context.environment())
        .thenCompose(
            head -> {
              if (head.isPresent() && head.get() instanceof MessageHead.Init init) {
                NamespaceId namespace = init.namespace();
                return decide(new SyncSession(context, stream, frames, namespace, false, lease), namespace, first);
              }
              return CompletableFuture.failedFuture(new MalformedMessageException("a session has to begin with Init"));
            });
  }

  private CompletableFuture<Void> decide(SyncSession session, NamespaceId namespace, CollectingSink first) {
    return CompletableFuture.completedStage(namespace)
        .thenCompose(this::outcome)
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
              AcceptedSession accepted = new AcceptedSession(namespace, peer, number, started, startedTicks);
              return session.respond(first.pieces()).thenAccept(result -> listener.onEnd(accepted, result));
            },
            context.environment().executor().compute())
        .toCompletableFuture();
  }

  /** Declines while the sessions that run take too much memory. */
  private CompletionStage<AcceptOutcome> outcome(NamespaceId namespace) {
    if (memory.hasRoom()) {
      return decision.decide(namespace, peer);
    }
    LOG.log(System.Logger.Level.INFO, "too little memory for sessions: declined one of {0}", peer.shortText());
    return CompletableFuture.completedFuture(new AcceptOutcome.Reject(AbortReason.INTERNAL_SERVER_ERROR));
  }
}
