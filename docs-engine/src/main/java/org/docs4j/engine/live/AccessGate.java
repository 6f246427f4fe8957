package org.docs4j.engine.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.SyncAccess.Decision;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.Environment;
import org.docs4j.engine.session.Failures;
import org.docs4j.engine.session.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application who may sync, so that a decision that is slow or fails harms nobody but the session that it is about.
 * Safe to use from any thread.
 */
final class AccessGate {
  private static final System.Logger LOG = System.getLogger(AccessGate.class.getName());

  /** How long a decision may take. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How many decisions are under way at most; one that never returns keeps its place. */
  static final int MAX_UNDER_WAY = 64;

  /** How many of them are about one peer at most. */
  static final int MAX_FOR_A_PEER = 4;

  private static final Decision FAILED = new Decision.Refuse(AbortReason.INTERNAL_SERVER_ERROR);

  private final SyncAccess access;
  private final Environment environment;
  private final Map<Pair, CompletableFuture<Decision>> underWay = new HashMap<>();

  private record Pair(NamespaceId namespace, EndpointId peer) {}

  AccessGate(SyncAccess access, Environment environment) {
    this.access = access;
    this.environment = environment;
  }

  /** The decision, which never fails; asked once for all who want it at the same time. */
  CompletableFuture<Decision> ask(NamespaceId namespace, EndpointId peer) {
    if (access == SyncAccess.EVERYONE) {
      return CompletableFuture.completedFuture(new Decision.Allow());
    }
    Pair pair = new Pair(namespace, peer);
    CompletableFuture<Decision> decision = new CompletableFuture<>();
    synchronized (underWay) {
      @Nullable CompletableFuture<Decision> asked = underWay.get(pair);
      if (asked != null) {
        return limited(asked, pair);
      }
      long same = underWay.keySet().stream().filter(other -> other.peer.equals(peer)).count();
      if (underWay.size() >= MAX_UNDER_WAY || same >= MAX_FOR_A_PEER) {
        LOG.log(System.Logger.Level.WARNING, "too many decisions about access are under way");
        return CompletableFuture.completedFuture(FAILED);
      }
      underWay.put(pair, decision);
    }
    environment.executor().io().execute(() -> decide(pair, decision));
    return limited(decision, pair);
  }

  @SuppressWarnings("CatchingUnchecked") // an application's mistake must not become ours
  private void decide(Pair pair, CompletableFuture<Decision> decision) {
    @Nullable Decision made = null;
    try {
      made = access.decide(pair.namespace, pair.peer);
      if (made == null) {
        LOG.log(System.Logger.Level.WARNING, "the decision about the access of {0} is null", pair.peer.shortText());
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the decision about the access of " + pair.peer.shortText() + " failed", e);
    }
    synchronized (underWay) {
      underWay.remove(pair);
    }
    decision.complete(made == null ? FAILED : made);
  }

  private CompletableFuture<Decision> limited(CompletableFuture<Decision> decision, Pair pair) {
    return TimeLimit.of(decision, PATIENCE, environment)
        .exceptionally(
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "no decision about the access of {0}: {1}",
                  pair.peer.shortText(),
                  Failures.of(failure).getMessage());
              return FAILED;
            });
  }
}
