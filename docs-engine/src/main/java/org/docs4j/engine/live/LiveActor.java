package org.docs4j.engine.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.ReplicaClosedException;
import org.docs4j.api.SyncAbortedException;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.SerialExecutor;
import org.docs4j.api.spi.Ticker;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.engine.actor.ReplicaEvent;
import org.docs4j.engine.session.AcceptOutcome;
import org.docs4j.engine.session.Failures;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.session.SessionResult;
import org.docs4j.engine.session.Sessions;

/**
 * Carries live sync out: owns {@link LiveState} and {@link ContentQueue}, runs them on one thread, dials, accepts, gossips
 * and fetches as they say, and tells subscribers.
 *
 * <p>Public methods may be called from any thread and do not wait.
 */
public final class LiveActor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveActor.class.getName());

  /** How long reports are gathered when many entries could not be broadcast. */
  private static final Duration REPORT_DELAY = Duration.ofMillis(100);

  private final LiveParts parts;
  private final SerialExecutor thread;
  private final Sessions sessions;
  private final LiveState state;
  private final Subscribers subscribers = new Subscribers();
  private final Map<NamespaceId, DocTopic> topics = new TreeMap<>();
  private final ContentFetcher content;
  private boolean closed;

  /** Starts live sync: registers with the endpoint; syncs nothing yet. */
  public LiveActor(LiveParts parts) {
    this.parts = parts;
    this.thread = parts.environment().executor().serial("docs-live");
    this.sessions =
        new Sessions(
            new SessionContext(
                parts.sync(),
                hash -> parts.blobs().status(hash).toContentStatus(),
                parts.environment(),
                parts.patience()));
    this.state = new LiveState(parts.endpoint().id(), parts.environment().random());
    this.content = new ContentFetcher(
            parts, thread, this::candidates, this::contentComplete, failed -> failed.forEach(this::settled));
  }

  /** Begins to take connections of peers. */
  public void start() {
    parts
        .endpoint()
        .accept(
            SessionContext.ALPN,
            connection -> {
              Timestamp started = parts.environment().clock().now();
              long ticks = parts.environment().ticker().nanos();
              sessions.accept(
                  connection,
                  this::decide,
                  (namespace, peer, session, result) ->
                      thread.execute(
                          () ->
                              ended(
                                  new Running(namespace, peer, SyncReport.Origin.ACCEPT, session, started, ticks),
                                  result)));
            });
  }

  /** Takes what the sync actor stored. */
  public void onReplicaEvent(ReplicaEvent event) {
    thread.execute(() -> stored(event));
  }

  /** Subscribes to a document. */
  public LiveEvents subscribe(NamespaceId namespace) {
    return subscribers.subscribe(namespace);
  }

  /** Starts to sync a document, or adds peers; fails if the document is not kept. */
  public CompletableFuture<Boolean> startSync(NamespaceId namespace, List<EndpointAddr> peers) {
    peers.forEach(parts.endpoint()::learn);
    return parts
        .sync()
        .setSync(namespace, true)
        .thenCompose(done -> parts.sync().syncPeers(namespace))
        .thenCompose(useful -> learn(useful))
        .thenApplyAsync(useful -> begin(namespace, peers, useful), thread);
  }

  /** Ends syncing a document; running sessions go to their end. */
  public CompletableFuture<Boolean> leave(NamespaceId namespace) {
    return CompletableFuture.supplyAsync(() -> end(namespace), thread)
        .thenCompose(was -> parts.sync().setSync(namespace, false).thenApply(done -> was));
  }

  /** Ends syncing a document that is being removed, and its subscriptions. */
  public CompletableFuture<Boolean> forget(NamespaceId namespace) {
    return CompletableFuture.supplyAsync(
        () -> {
          subscribers.close(namespace);
          return end(namespace);
        },
        thread);
  }

  private CompletableFuture<List<EndpointId>> learn(List<EndpointId> peers) {
    List<CompletableFuture<Optional<EndpointAddr>>> lookups = new ArrayList<>();
    peers.forEach(peer -> lookups.add(parts.sync().peer(peer)));
    return CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              lookups.forEach(lookup -> lookup.join().ifPresent(parts.endpoint()::learn));
              return peers;
            });
  }

  private boolean begin(NamespaceId namespace, List<EndpointAddr> peers, List<EndpointId> useful) {
    if (closed) {
      throw new ReplicaClosedException("the node is closed");
    }
    Map<EndpointId, EndpointAddr> all = new TreeMap<>();
    useful.forEach(peer -> all.put(peer, parts.endpoint().known(peer).orElse(EndpointAddr.of(peer))));
    peers.forEach(peer -> all.merge(peer.id(), peer, EndpointAddr::merge));
    all.remove(parts.endpoint().id());
    List<EndpointAddr> bootstrap = List.copyOf(all.values());
    if (topics.containsKey(namespace)) {
      topics.get(namespace).addPeers(bootstrap);
    } else {
      SwarmListener listener =
          new SwarmListener(namespace, parts, thread, this::neighbor, this::news, this::announced);
      GossipTopic topic = parts.gossip().join(namespace.topic(), bootstrap, listener);
      topics.put(namespace, new DocTopic(namespace, topic, parts.gossip().maxContentBytes()));
      content.load(namespace);
    }
    tell(new LiveInput.StartSync(namespace, List.copyOf(all.keySet())));
    return true;
  }

  private boolean end(NamespaceId namespace) {
    tell(new LiveInput.Leave(namespace));
    content.leave(namespace);
    DocTopic topic = topics.remove(namespace);
    if (topic != null) {
      topic.close();
    }
    return topic != null;
  }

  private CompletionStage<AcceptOutcome> decide(NamespaceId namespace, EndpointId peer) {
    return CompletableFuture.supplyAsync(() -> state.accept(namespace, peer), thread);
  }

  private void tell(LiveInput input) {
    state.handle(input, this::carryOut);
  }

  private void carryOut(LiveOutput output) {
    if (output instanceof LiveOutput.Dial dial) {
      Running running =
          new Running(
              dial.namespace(),
              dial.peer(),
              dial.origin(),
              dial.session(),
              parts.environment().clock().now(),
              parts.environment().ticker().nanos());
      EndpointAddr addr = parts.endpoint().known(dial.peer()).orElse(EndpointAddr.of(dial.peer()));
      CompletionStage<SessionResult> session = sessions.dial(parts.endpoint(), addr, dial.namespace());
      session.thenAcceptAsync(result -> ended(running, result), thread);
    } else if (output instanceof LiveOutput.RetryLater later) {
      parts
          .environment()
          .executor()
          .schedule(
              later.delay(),
              thread,
              () -> tell(new LiveInput.Retry(later.namespace(), later.peer(), later.retry())));
    }
  }

  private void ended(Running running, SessionResult result) {
    if (closed) {
      return;
    }
    LiveInput.Ending ending = ending(result);
    if (ending != LiveInput.Ending.ALREADY_SYNCING) {
      SyncReport report = running.report(result, parts.environment().ticker());
      LOG.log(System.Logger.Level.DEBUG, "sync of {0}: {1}", running.namespace().shortText(), report);
      emit(running.namespace(), new LiveEvent.SyncFinished(report));
    }
    if (ending == LiveInput.Ending.SUCCESS) {
      succeeded(running, result);
    }
    tell(new LiveInput.SessionEnded(running.namespace(), running.peer(), running.session(), ending));
  }

  private static LiveInput.Ending ending(SessionResult result) {
    if (result.succeeded()) {
      return LiveInput.Ending.SUCCESS;
    }
    boolean already =
        result.failure().filter(SyncAbortedException.class::isInstance).isPresent()
            && ((SyncAbortedException) result.failure().get()).reason() == AbortReason.ALREADY_SYNCING;
    return already ? LiveInput.Ending.ALREADY_SYNCING : LiveInput.Ending.FAILURE;
  }

  private void succeeded(Running running, SessionResult result) {
    NamespaceId namespace = running.namespace();
    logFailure(parts.sync().registerUsefulPeer(namespace, running.peer()), "remembering a peer");
    parts
        .endpoint()
        .known(running.peer())
        .ifPresent(addr -> logFailure(parts.sync().putPeer(addr), "remembering an address"));
    DocTopic topic = topics.get(namespace);
    if (topic == null) {
      return;
    }
    topic.expectReady();
    content.peerAvailable(namespace, running.peer());
    settled(namespace);
    if (result.received() > 0) {
      report(namespace);
    }
  }

  /** Tells the neighbours what we have, so that they fetch what they lack. */
  private void report(NamespaceId namespace) {
    CompletionStage<Boolean> sent =
        parts
            .sync()
            .heads(namespace)
            .thenApplyAsync(
                heads -> {
                  DocTopic topic = topics.get(namespace);
                  return topic != null && topic.report(heads);
                },
                thread);
    logFailure(sent, "reporting heads");
  }

  private void reportSoon(NamespaceId namespace, DocTopic topic) {
    if (topic.beginReport()) {
      parts
          .environment()
          .executor()
          .schedule(
              REPORT_DELAY,
              thread,
              () -> {
                topic.endReport();
                report(namespace);
              });
    }
  }

  private void stored(ReplicaEvent event) {
    if (closed) {
      return;
    }
    NamespaceId namespace = event.namespace();
    if (event instanceof ReplicaEvent.Local local) {
      emit(namespace, new LiveEvent.InsertLocal(local.entry().entry()));
      DocTopic topic = topics.get(namespace);
      if (topic != null && !topic.put(local.entry())) {
        // Too large for gossip, or too much at once: it travels by a session that the neighbours begin.
        reportSoon(namespace, topic);
      }
    } else if (event instanceof ReplicaEvent.Remote remote) {
      emit(namespace, new LiveEvent.InsertRemote(remote.from(), remote.entry().entry(), remote.contentStatus()));
      if (remote.wanted()) {
        content.want(remote);
      }
    }
  }

  private void neighbor(NamespaceId namespace, EndpointId peer, boolean up) {
    DocTopic topic = topics.get(namespace);
    if (closed || topic == null) {
      return;
    }
    if (up) {
      topic.neighbors().add(peer);
      emit(namespace, new LiveEvent.NeighborUp(peer));
      tell(new LiveInput.NeighborUp(namespace, peer));
    } else {
      topic.neighbors().remove(peer);
      emit(namespace, new LiveEvent.NeighborDown(peer));
      tell(new LiveInput.NeighborDown(namespace, peer));
    }
  }

  private void news(NamespaceId namespace, EndpointId peer) {
    tell(new LiveInput.News(namespace, peer));
  }

  private void announced(NamespaceId namespace, EndpointId peer, Hash hash) {
    if (topics.containsKey(namespace)) {
      content.announced(hash, peer);
    }
  }

  private Set<EndpointId> candidates(Set<NamespaceId> namespaces) {
    Set<EndpointId> peers = new TreeSet<>();
    for (NamespaceId namespace : namespaces) {
      DocTopic topic = topics.get(namespace);
      if (topic != null) {
        peers.addAll(topic.neighbors());
      }
    }
    return peers;
  }

  private void contentComplete(Set<NamespaceId> namespaces, Hash hash) {
    for (NamespaceId namespace : namespaces) {
      emit(namespace, new LiveEvent.ContentReady(hash));
      DocTopic topic = topics.get(namespace);
      if (topic != null) {
        topic.contentReady(hash);
      }
    }
    namespaces.forEach(this::settled);
  }

  private void settled(NamespaceId namespace) {
    DocTopic topic = topics.get(namespace);
    if (topic != null && content.isSettled(namespace) && topic.takeReady()) {
      emit(namespace, new LiveEvent.PendingContentReady());
    }
  }

  private void emit(NamespaceId namespace, LiveEvent event) {
    subscribers.emit(namespace, event);
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
    thread.execute(
        () -> {
          closed = true;
          topics.values().forEach(DocTopic::close);
          topics.clear();
          subscribers.closeAll();
        });
    thread.close();
  }

  /** A session under way. */
  private record Running(
      NamespaceId namespace,
      EndpointId peer,
      SyncReport.Origin origin,
      long session,
      Timestamp started,
      long startedTicks) {
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
