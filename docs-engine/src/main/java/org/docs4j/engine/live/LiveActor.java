package org.docs4j.engine.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.ReplicaEvent;
import org.docs4j.engine.actor.ReplicaHandle;
import org.docs4j.engine.actor.Stages;
import org.docs4j.engine.session.AcceptOutcome;
import org.docs4j.engine.session.Failures;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.session.TimeLimit;
import org.jspecify.annotations.Nullable;

/**
 * Carries live sync out: owns {@link LiveState} and {@link ContentQueue}, runs them on one thread, dials, accepts, gossips
 * and fetches as they say, and tells subscribers.
 *
 * <p>Public methods may be called from any thread and do not wait, except {@link #close}. Once that has begun, requests
 * fail with {@link ReplicaClosedException}, also those that wait for earlier ones about their document; peers are
 * declined and subscriptions end.
 */
public final class LiveActor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveActor.class.getName());

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Subscribers subscribers = new Subscribers();
  private final LiveDocuments documents;
  private final Dialler dialler;
  private final AccessGate gate;
  private final Map<NamespaceId, CompletableFuture<?>> changing = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closing;

  /** Starts live sync: registers with the endpoint; syncs nothing yet. */
  public LiveActor(LiveParts parts) {
    this.parts = parts;
    this.thread = parts.environment().executor().serial("docs-live");
    this.documents = new LiveDocuments(parts, thread, subscribers, this::tell);
    this.gate = new AccessGate(parts.access(), parts.environment());
    this.dialler = new Dialler(parts, thread, gate, documents);
  }

  /** Begins to take connections of peers. */
  public void start() {
    for (Alpn protocol : SessionContext.PROTOCOLS) {
      boolean greets = protocol.equals(SessionContext.SHARED);
      parts.endpoint().accept(
          protocol, connection -> dialler.accept(connection, (document, peer) -> decide(document, peer, greets)));
    }
  }

  /** Takes what the sync actor stored. */
  public void onReplicaEvent(ReplicaEvent event) {
    if (documents.concernedBy(event)) {
      thread.execute(() -> documents.stored(event));
    }
  }

  /** Subscribes to a document; the subscription has ended already if the node is closed. */
  public LiveEvents subscribe(NamespaceId namespace) {
    return subscribers.subscribe(namespace);
  }

  /** Starts to sync a document, or adds peers; fails if the document is not kept. */
  public CompletableFuture<Boolean> startSync(NamespaceId namespace, List<EndpointAddr> peers) {
    return inTurn(
        namespace,
        () ->
            onThread(() -> true)
                .thenCompose(open -> {
                  peers.forEach(parts.endpoint()::learn);
                  return parts.sync().open(namespace, OpenOptions.SYNC);
                })
                .thenCompose(handle -> begin(handle, peers)));
  }

  /**
   * Starts and ends syncing a document, and removes it, in the order in which that was asked for: each takes steps here and
   * in the sync actor, and those of two that overlap would leave a document that is synced here and not there.
   */
  private <R> CompletableFuture<R> inTurn(NamespaceId namespace, Supplier<CompletableFuture<R>> change) {
    CompletableFuture<R> done = new CompletableFuture<>();
    @Nullable CompletableFuture<?> before = changing.put(namespace, done);
    CompletableFuture<Void> turn =
        before == null ? CompletableFuture.completedFuture(null) : before.handle((was, failure) -> null);
    CompletionStage<R> changed =
        turn.thenCompose(begun -> change.get()).whenComplete((result, failure) -> changing.remove(namespace, done));
    Stages.pass(changed, done);
    return done.copy();
  }

  private CompletableFuture<Boolean> begin(ReplicaHandle handle, List<EndpointAddr> peers) {
    return parts
        .sync()
        .syncPeers(handle.namespace())
        .thenCompose(useful -> onThread(() -> documents.begin(handle, peers, learn(useful))))
        .whenComplete(
            (begun, failure) -> {
              if (failure != null || !begun) {
                parts.sync().close(handle);
              }
            })
        .thenApply(begun -> true);
  }

  /** Ends syncing a document; running sessions go to their end. */
  public CompletableFuture<Boolean> leave(NamespaceId namespace) {
    return inTurn(
        namespace,
        () ->
            onThread(() -> documents.end(namespace))
                .thenCompose(was -> parts.sync().setSync(namespace, false).thenApply(done -> was)));
  }

  /**
   * Ends syncing a document and its subscriptions, and then removes it; it is not started again before that is done.
   *
   * @param removal begins on this actor's thread, which it must not hold up
   */
  public <R> CompletableFuture<R> remove(NamespaceId namespace, Supplier<CompletionStage<R>> removal) {
    return inTurn(
        namespace,
        () ->
            onThread(
                    () -> {
                      subscribers.close(namespace);
                      return documents.end(namespace);
                    })
                .thenCompose(was -> removal.get()));
  }

  private List<EndpointId> learn(List<EndpointAddr> peers) {
    peers.stream().filter(peer -> !peer.addresses().isEmpty()).forEach(parts.endpoint()::learn);
    return peers.stream().map(EndpointAddr::id).toList();
  }

  private CompletionStage<AcceptOutcome> decide(NamespaceId namespace, EndpointId peer, boolean greets) {
    return isSynced(namespace)
        .thenCompose(
            synced ->
                synced
                    ? gate.ask(namespace, peer).thenCompose(decision -> decide(namespace, peer, greets, decision))
                    : CompletableFuture.completedFuture(new AcceptOutcome.Reject(AbortReason.NOT_FOUND)))
        .exceptionally(
            failure -> {
              LOG.log(System.Logger.Level.DEBUG, "declined a session: {0}", Failures.of(failure).getMessage());
              return new AcceptOutcome.Reject(AbortReason.NOT_FOUND);
            });
  }

  /**
   * Whether a document is synced, once what was asked for before is done: a peer that begins at the same time would report
   * a failed session, and one of the reference would not dial again. It hears a no before it loses its own patience.
   */
  private CompletableFuture<Boolean> isSynced(NamespaceId namespace) {
    @Nullable CompletableFuture<?> change = changing.get(namespace);
    boolean synced = documents.isSynced(namespace);
    return change == null || synced
        ? CompletableFuture.completedFuture(synced)
        : TimeLimit.of(change, parts.patience().dividedBy(2), parts.environment())
            .handle((begun, failure) -> documents.isSynced(namespace));
  }

  private CompletableFuture<AcceptOutcome> decide(
      NamespaceId namespace, EndpointId peer, boolean greets, SyncAccess.Decision decision) {
    if (decision instanceof SyncAccess.Decision.Refuse refuse) {
      LOG.log(
          System.Logger.Level.INFO,
          "refused to sync {0} with {1}: {2}",
          namespace.shortText(),
          peer.shortText(),
          refuse.reason());
      return CompletableFuture.completedFuture(new AcceptOutcome.Reject(refuse.reason()));
    }
    return onThread(() -> dialler.decide(namespace, peer, greets));
  }

  private void tell(LiveInput input) {
    dialler.tell(input);
  }

  /** Runs a task on the actor's thread; it runs for certain unless the actor is closing, and then the stage fails. */
  private <R> CompletableFuture<R> onThread(Supplier<R> task) {
    lock.lock();
    try {
      return closing
          ? CompletableFuture.failedFuture(new ReplicaClosedException("the node is closed"))
          : CompletableFuture.supplyAsync(task, thread);
    } finally {
      lock.unlock();
    }
  }

  static void logFailure(CompletionStage<?> stage, String what) {
    stage.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            LOG.log(System.Logger.Level.DEBUG, "{0} failed: {1}", what, Failures.of(failure).getMessage());
          }
        });
  }

  /** Leaves all swarms and ends all subscriptions. Idempotent, waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closing) {
        closing = true;
        thread.execute(
            () -> {
              documents.close();
              subscribers.closeAll();
            });
      }
    } finally {
      lock.unlock();
    }
    thread.close();
  }
}
