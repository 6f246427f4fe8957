package org.docs4j.engine.live;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.docs4j.api.AbortReason;
import org.docs4j.api.SyncReport.Origin;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.engine.session.AcceptOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Who syncs which document with whom, and when (WIRE 4.8 and 4.9): the decisions of live sync, without carrying any of
 * them out.
 *
 * <p>Between two peers one session a document counts at a time: of two that cross, the one dialled by the smaller id goes
 * on; of two that one peer begins, the later one counts. The earlier one of these is not ended, merely how it ends tells
 * nothing: so many of one peer may run side by side as it may have at all. A peer that could not be reached, or declined,
 * is dialled again after a growing delay as long as the application named it or it is a neighbour. Since gossip may lose
 * messages silently, a session with one neighbour follows a while after the last of them; a document of which nobody says
 * anything costs nothing.
 *
 * <p>A new neighbour has mostly joined in order to sync and dials by itself, so it is dialled a little later, but always,
 * unless a session has begun meanwhile: what it stored before it knew of this neighbour it has gossiped to nobody, and a real
 * node that learns of it during a session begins none, although that one may have been past these entries (docs 0.101).
 * For the same reason a session that the peer began does not count if it may have been on its way.
 *
 * <p>A pair that syncs again and again without progress backs off: after a few sessions that bring nothing new here, while
 * nothing was stored here in between, whatever the peer reports leads to a session only after a growing delay; and a peer
 * that goes on asking for such sessions is declined until a shorter delay is over. Whatever is stored ends that, and the
 * application's own wish is always followed.
 */
public final class LiveState {
  /** The delay after the first failure; it doubles with each further one. */
  static final Duration FIRST_RETRY = Duration.ofMillis(500);

  /** The longest delay. */
  static final Duration LAST_RETRY = Duration.ofSeconds(30);

  /** How long a new neighbour has to dial by itself; the larger id waits twice as long, so that the two do not cross. */
  static final Duration GREETING = Duration.ofMillis(100);

  /** How long before it comes the peer may have begun a session, so that it is past what happened meanwhile. */
  static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

  /** How many peers of one document are remembered at most; beyond it, idle ones are forgotten. */
  static final int MAX_PEERS = 1024;

  /** How long after the last gossip about a document a session makes sure that none was lost. */
  static final Duration CHECK_QUIET = Duration.ofSeconds(10);

  /** The time between two such sessions, and the longest that gossip which goes on puts one off. */
  static final Duration CHECK_SPACING = Duration.ofSeconds(30);

  /** How many sessions without progress follow each other without a delay. */
  static final int FREE_STALLS = 3;

  /** The delay after the first session without progress beyond these; it doubles with each further one. */
  static final Duration FIRST_STALL = Duration.ofSeconds(1);

  /** The longest of these delays. */
  static final Duration LAST_STALL = Duration.ofMinutes(5);

  /** How many sessions without progress a peer may begin before it has to wait, {@link #FIRST_STALL} for each. */
  static final int ACCEPTED_STALLS = 256;

  private final EndpointId self;
  private final RandomGenerator random;
  private final TreeMap<NamespaceId, DocState> documents = new TreeMap<>();
  private long numbers;

  /** The state of a node that syncs nothing yet. */
  public LiveState(EndpointId self, RandomGenerator random) {
    this.self = self;
    this.random = random;
  }

  /**
   * Takes an input and passes what follows from it to {@code out}, in order.
   *
   * @param now nanoseconds of the ticker
   */
  public void handle(LiveInput input, long now, Consumer<LiveOutput> out) {
    if (input instanceof LiveInput.StartSync start) {
      documents.computeIfAbsent(start.namespace(), id -> new DocState());
      start.peers().forEach(peer -> withPeer(start.namespace(), peer, state -> {
        state.ask();
        dial(start.namespace(), peer, state, Origin.DIRECT_JOIN, now, out);
      }));
    } else if (input instanceof LiveInput.Leave leave) {
      documents.remove(leave.namespace());
    } else if (input instanceof LiveInput.NeighborUp up) {
      withPeer(up.namespace(), up.peer(), state -> {
        state.neighborUp(now);
        if (state.isIdle()) {
          greet(up.namespace(), up.peer(), state, now, out);
        }
      });
    } else if (input instanceof LiveInput.NeighborDown down) {
      withPeer(down.namespace(), down.peer(), PeerState::neighborDown);
    } else if (input instanceof LiveInput.News news) {
      withPeer(news.namespace(), news.peer(), state -> news(news.namespace(), news.peer(), state, now, out));
    } else if (input instanceof LiveInput.SessionEnded ended) {
      withPeer(ended.namespace(), ended.peer(), state -> ended(ended, state, now, out));
    } else if (input instanceof LiveInput.Retry retry) {
      withPeer(retry.namespace(), retry.peer(), state -> {
        if (state.awaits(retry.retry())) {
          dial(retry.namespace(), retry.peer(), state, state.retryOrigin(), now, out);
        }
      });
    } else {
      withDocument(input, now, out);
    }
  }

  private void withDocument(LiveInput input, long now, Consumer<LiveOutput> out) {
    @Nullable DocState doc = documents.get(input.namespace());
    if (doc == null) {
      return;
    }
    if (input instanceof LiveInput.Changed) {
      doc.change();
    } else if (input instanceof LiveInput.GossipLost lost) {
      doc.peers().forEach((peer, state) -> {
        if (state.isNeighbor()) {
          news(lost.namespace(), peer, state, now, out);
        }
      });
    } else if (input instanceof LiveInput.GossipSeen seen) {
      doc.seen(now);
      checkLater(seen.namespace(), doc, now, out);
    } else if (input instanceof LiveInput.Check check) {
      doc.endTimer();
      check(check.namespace(), doc, now, out);
    }
  }

  /**
   * Decides whether a peer that connected may sync a document (WIRE 4.8).
   *
   * @param greets whether the peer dials each new neighbour, as nodes of this kind do
   * @param now nanoseconds of the ticker
   */
  public AcceptOutcome accept(NamespaceId namespace, EndpointId peer, boolean greets, long now) {
    Optional<PeerState> state = peer(namespace, peer);
    if (state.isEmpty()) {
      return new AcceptOutcome.Reject(AbortReason.NOT_FOUND);
    }
    long stored = documents.get(namespace).changes();
    if (state.get().fruitless() >= ACCEPTED_STALLS && state.get().isTooSoon(now, stored)) {
      return new AcceptOutcome.Reject(AbortReason.INTERNAL_SERVER_ERROR);
    }
    if (mayBegin(state.get(), peer)) {
      long session = ++numbers;
      state.get().accept(session, greets, now, stored);
      return new AcceptOutcome.Allow(session);
    }
    return new AcceptOutcome.Reject(AbortReason.ALREADY_SYNCING);
  }

  /**
   * A peer that begins anew has given up what it began before: it was restarted, or has left the document meanwhile. To
   * decline would keep a peer of the reference from ever dialling again.
   */
  private boolean mayBegin(PeerState state, EndpointId peer) {
    return switch (state.activity()) {
      case IDLE, ACCEPTED -> true;
      case CONNECTING -> self.compareTo(peer) > 0;
    };
  }

  private void dial(
      NamespaceId namespace, EndpointId peer, PeerState state, Origin origin, long now, Consumer<LiveOutput> out) {
    if (state.isIdle()) {
      long session = ++numbers;
      state.dial(session, now, documents.get(namespace).changes());
      out.accept(new LiveOutput.Dial(namespace, peer, origin, session));
    }
  }

  /** Dials a peer, later if the pair has made no progress lately; once for all that happens until then. */
  private void dialUnlessPaused(
      NamespaceId namespace, EndpointId peer, PeerState state, Origin origin, long now, Consumer<LiveOutput> out) {
    long left = state.pauseLeft(now, documents.get(namespace).changes());
    if (left == 0) {
      dial(namespace, peer, state, origin, now, out);
    } else if (state.isIdle() && !state.awaitsRetry()) {
      retryLater(namespace, peer, state, origin, Duration.ofNanos(left), out);
    }
  }

  /** Sees to a session with a new neighbour; one that has to wait longer, and is set for then already, will do. */
  private void greet(NamespaceId namespace, EndpointId peer, PeerState state, long now, Consumer<LiveOutput> out) {
    Duration delay = self.compareTo(peer) < 0 ? GREETING : GREETING.multipliedBy(2);
    Duration pause = Duration.ofNanos(state.pauseLeft(now, documents.get(namespace).changes()));
    boolean paused = pause.compareTo(delay) > 0;
    if (!paused || !state.awaitsRetry()) {
      retryLater(namespace, peer, state, Origin.NEW_NEIGHBOR, paused ? pause : delay, out);
    }
  }

  private void news(NamespaceId namespace, EndpointId peer, PeerState state, long now, Consumer<LiveOutput> out) {
    state.requestResync(now);
    if (state.isIdle() && !state.awaitsRetry()) {
      dialUnlessPaused(namespace, peer, state, Origin.SYNC_REPORT, now, out);
    }
  }

  private void retryLater(
      NamespaceId namespace, EndpointId peer, PeerState state, Origin origin, Duration delay, Consumer<LiveOutput> out) {
    long retry = ++numbers;
    state.awaitRetry(retry, origin);
    out.accept(new LiveOutput.RetryLater(namespace, peer, retry, delay));
  }

  private void ended(LiveInput.SessionEnded ended, PeerState state, long now, Consumer<LiveOutput> out) {
    if (!state.end(ended.session())) {
      return;
    }
    DocState doc = documents.get(ended.namespace());
    boolean stalled =
        ended.ending() == LiveInput.Ending.REFUSED
            || (ended.ending() == LiveInput.Ending.NOTHING_NEW && state.isUnchanged());
    if (stalled) {
      int more = state.stall() - FREE_STALLS;
      state.pause(now + (more > 0 ? delay(FIRST_STALL, LAST_STALL, more).toNanos() : 0));
    } else if (ended.ending() == LiveInput.Ending.SUCCESS || ended.ending() == LiveInput.Ending.NOTHING_NEW) {
      state.progress();
    }
    switch (ended.ending()) {
      case SUCCESS, NOTHING_NEW -> {
        state.forgive();
        doc.synced(state.since());
        if (state.resyncRequested()) {
          dialUnlessPaused(ended.namespace(), ended.peer(), state, Origin.RESYNC, now, out);
        } else if (state.isToBeGreeted()) {
          greet(ended.namespace(), ended.peer(), state, now, out);
        }
      }
      case REFUSED -> state.forgive();
      default -> {
        if (state.fail()) {
          Duration delay = delay(FIRST_RETRY, LAST_RETRY, state.countFailure());
          retryLater(ended.namespace(), ended.peer(), state, Origin.DIRECT_JOIN, delay, out);
        }
      }
    }
  }

  /** Makes sure of what was gossiped, if it is time and no session has done so meanwhile. */
  private void check(NamespaceId namespace, DocState doc, long now, Consumer<LiveOutput> out) {
    if (!doc.isActive()) {
      return;
    }
    if (!doc.untilCheck(now).isZero()) {
      checkLater(namespace, doc, now, out);
      return;
    }
    List<Map.Entry<EndpointId, PeerState>> neighbors =
        doc.peers().entrySet().stream().filter(peer -> peer.getValue().isNeighbor()).toList();
    doc.checked(now);
    if (!neighbors.isEmpty()) {
      Map.Entry<EndpointId, PeerState> chosen = neighbors.get(random.nextInt(neighbors.size()));
      news(namespace, chosen.getKey(), chosen.getValue(), now, out);
    }
  }

  private static void checkLater(NamespaceId namespace, DocState doc, long now, Consumer<LiveOutput> out) {
    if (doc.beginTimer()) {
      out.accept(new LiveOutput.CheckLater(namespace, doc.untilCheck(now)));
    }
  }

  /** Doubles from time to time, with a random part so that two peers do not keep crossing each other. */
  private Duration delay(Duration first, Duration last, int times) {
    long base = Math.min(last.toMillis(), first.toMillis() << Math.min(times - 1, 20));
    return Duration.ofMillis(base / 2 + random.nextLong(base / 2 + 1));
  }

  private void withPeer(NamespaceId namespace, EndpointId peer, Consumer<PeerState> action) {
    peer(namespace, peer).ifPresent(action);
  }

  private Optional<PeerState> peer(NamespaceId namespace, EndpointId peer) {
    @Nullable DocState doc = documents.get(namespace);
    if (doc == null || peer.equals(self)) {
      return Optional.empty();
    }
    Map<EndpointId, PeerState> peers = doc.peers();
    @Nullable PeerState state = peers.get(peer);
    if (state == null) {
      if (peers.size() >= MAX_PEERS) {
        peers.values().removeIf(other -> other.isIdle() && !other.isWorthRetrying());
      }
      state = new PeerState();
      peers.put(peer, state);
    }
    return Optional.of(state);
  }
}
