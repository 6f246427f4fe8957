package org.docs4j.engine.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncAbortedException;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.SyncRefusedException;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.engine.session.AcceptDecision;
import org.docs4j.engine.session.AcceptOutcome;
import org.docs4j.engine.session.AcceptedSession;
import org.docs4j.engine.session.Failures;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.session.SessionResult;
import org.docs4j.engine.session.Sessions;

/** Carries out what {@link LiveState} says: runs sessions and sets times. The live actor's thread uses it. */
final class Dialler {
  private static final System.Logger LOG = System.getLogger(Dialler.class.getName());

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final AccessGate gate;
  private final Sessions sessions;
  private final LiveState state;
  private final Listener listener;

  /** Told on the live actor's thread about sessions. */
  interface Listener {
    /** A session that this side began has ended, however. */
    void onDialled(NamespaceId namespace);

    /** How a session went; not of those that were declined for another. */
    void onSession(NamespaceId namespace, SyncReport report);
  }

  Dialler(LiveParts parts, SerialExecutor thread, AccessGate gate, Listener listener) {
    this.parts = parts;
    this.gate = gate;
    this.thread = thread;
    this.listener = listener;
    this.sessions =
        new Sessions(
            new SessionContext(
                parts.sync(),
                hash -> parts.blobs().status(hash).toContentStatus(),
                parts.environment(),
                parts.patience()));
    this.state = new LiveState(parts.endpoint().id(), parts.environment().random());
  }

  /** Takes a connection; from any thread. */
  void accept(Connection connection, AcceptDecision decision) {
    sessions.accept(
        connection, decision, (session, result) -> thread.execute(() -> ended(Running.of(session), result)));
  }

  AcceptOutcome decide(NamespaceId namespace, EndpointId peer, boolean greets) {
    return state.accept(namespace, peer, greets, parts.environment().ticker().nanos());
  }

  void tell(LiveInput input) {
    state.handle(input, parts.environment().ticker().nanos(), this::carryOut);
  }

  private void carryOut(LiveOutput output) {
    if (output instanceof LiveOutput.Dial dial) {
      dial(dial);
    } else if (output instanceof LiveOutput.RetryLater later) {
      tellLater(later.delay(), new LiveInput.Retry(later.namespace(), later.peer(), later.retry()));
    } else if (output instanceof LiveOutput.CheckLater later) {
      tellLater(later.delay(), new LiveInput.Check(later.namespace()));
    }
  }

  private void tellLater(Duration delay, LiveInput input) {
    parts.environment().executor().schedule(delay, thread, () -> tell(input));
  }

  private void dial(LiveOutput.Dial dial) {
    Running running =
        new Running(
            dial.namespace(),
            dial.peer(),
            dial.origin(),
            dial.session(),
            parts.environment().clock().now(),
            parts.environment().ticker().nanos());
    CompletableFuture.completedStage(dial)
        .thenCompose(this::session)
        .exceptionally(failure -> SessionResult.failed(Failures.of(failure)))
        .thenAcceptAsync(
            result -> {
              ended(running, result);
              listener.onDialled(dial.namespace());
            },
            thread);
  }

  private CompletionStage<SessionResult> session(LiveOutput.Dial dial) {
    EndpointAddr addr = parts.endpoint().known(dial.peer()).orElse(EndpointAddr.of(dial.peer()));
    return gate.ask(dial.namespace(), dial.peer())
        .thenCompose(
            decision ->
                decision instanceof SyncAccess.Decision.Allow
                    ? sessions.dial(parts.endpoint(), addr, dial.namespace())
                    : CompletableFuture.completedFuture(refused(dial)));
  }

  private static SessionResult refused(LiveOutput.Dial dial) {
    String what = dial.namespace().shortText() + " with " + dial.peer().shortText();
    LOG.log(System.Logger.Level.INFO, "refused to sync {0}: the application does not let it", what);
    return SessionResult.failed(
        new SyncRefusedException("the application does not let this node sync " + what));
  }

  private void ended(Running running, SessionResult result) {
    LiveInput.Ending ending = ending(result);
    if (ending != LiveInput.Ending.ALREADY_SYNCING && ending != LiveInput.Ending.REFUSED) {
      listener.onSession(running.namespace(), running.report(result, parts.environment().ticker()));
    }
    tell(new LiveInput.SessionEnded(running.namespace(), running.peer(), running.session(), ending));
  }

  private static LiveInput.Ending ending(SessionResult result) {
    if (result.succeeded()) {
      return result.received() > 0 ? LiveInput.Ending.SUCCESS : LiveInput.Ending.NOTHING_NEW;
    }
    if (result.failure().get() instanceof SyncRefusedException) {
      return LiveInput.Ending.REFUSED;
    }
    return result.failure().get() instanceof SyncAbortedException aborted
            && aborted.reason() == AbortReason.ALREADY_SYNCING
        ? LiveInput.Ending.ALREADY_SYNCING
        : LiveInput.Ending.FAILURE;
  }

  /** A session under way. */
  private record Running(
      NamespaceId namespace,
      EndpointId peer,
      SyncReport.Origin origin,
      long session,
      Timestamp started,
      long startedTicks) {
    static Running of(AcceptedSession accepted) {
      return new Running(
          accepted.namespace(),
          accepted.peer(),
          SyncReport.Origin.ACCEPT,
          accepted.number(),
          accepted.started(),
          accepted.startedTicks());
    }

    SyncReport report(SessionResult result, Ticker ticker) {
      return new SyncReport(
          peer,
          origin,
          result.failure().map(Throwable::getMessage),
          result.sent(),
          result.received(),
          result.rejected(),
          started,
          ticker.since(startedTicks));
    }
  }
}
