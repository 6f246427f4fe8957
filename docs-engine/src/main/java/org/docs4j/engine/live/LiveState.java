package org.docs4j.engine.live;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
 * <p>Between two peers there is one session a document at a time; of two that cross, the one dialled by the smaller id
 * goes on. A peer that could not be reached, or declined, is dialled again after a growing delay as long as the
 * application named it or it is a neighbour.
 */
public final class LiveState {
  /** The delay after the first failure; it doubles with each further one. */
  static final Duration FIRST_RETRY = Duration.ofMillis(500);

  /** The longest delay. */
  static final Duration LAST_RETRY = Duration.ofSeconds(30);

  /** How many peers of one document are remembered at most; beyond it, idle ones are forgotten. */
  static final int MAX_PEERS = 1024;

  private final EndpointId self;
  private final RandomGenerator random;
  private final TreeMap<NamespaceId, TreeMap<EndpointId, PeerState>> documents = new TreeMap<>();
  private long numbers;

  /** The state of a node that syncs nothing yet. */
  public LiveState(EndpointId self, RandomGenerator random) {
    this.self = self;
    this.random = random;
  }

  /** Takes an input and passes what follows from it to {@code out}, in order. */
  public void handle(LiveInput input, Consumer<LiveOutput> out) {
    if (input instanceof LiveInput.StartSync start) {
      documents.computeIfAbsent(start.namespace(), id -> new TreeMap<>());
      start.peers().forEach(peer -> ask(start, peer, out));
    } else if (input instanceof LiveInput.Leave leave) {
      documents.remove(leave.namespace());
    } else if (input instanceof LiveInput.NeighborUp up) {
      withPeer(up.namespace(), up.peer(), state -> {
        state.neighbor(true);
        dial(up.namespace(), up.peer(), state, Origin.NEW_NEIGHBOR, out);
      });
    } else if (input instanceof LiveInput.NeighborDown down) {
      withPeer(down.namespace(), down.peer(), state -> state.neighbor(false));
    } else if (input instanceof LiveInput.News news) {
      withPeer(news.namespace(), news.peer(), state -> {
        if (state.isIdle()) {
          dial(news.namespace(), news.peer(), state, Origin.SYNC_REPORT, out);
        } else {
          state.requestResync();
        }
      });
    } else if (input instanceof LiveInput.SessionEnded ended) {
      withPeer(ended.namespace(), ended.peer(), state -> ended(ended, state, out));
    } else if (input instanceof LiveInput.Retry retry) {
      withPeer(retry.namespace(), retry.peer(), state -> {
        if (state.awaits(retry.retry())) {
          dial(retry.namespace(), retry.peer(), state, Origin.DIRECT_JOIN, out);
        }
      });
    }
  }

  /** Decides whether a peer that connected may sync a document (WIRE 4.8). */
  public AcceptOutcome accept(NamespaceId namespace, EndpointId peer) {
    Optional<PeerState> state = peer(namespace, peer);
    if (state.isEmpty()) {
      return new AcceptOutcome.Reject(AbortReason.NOT_FOUND);
    }
    boolean crossing = state.get().activity() == PeerState.Activity.CONNECTING;
    if (state.get().isIdle() || (crossing && self.compareTo(peer) > 0)) {
      long session = ++numbers;
      state.get().begin(PeerState.Activity.ACCEPTED, session);
      return new AcceptOutcome.Allow(session);
    }
    return new AcceptOutcome.Reject(AbortReason.ALREADY_SYNCING);
  }

  /** Whether a document is being synced. */
  public boolean isSyncing(NamespaceId namespace) {
    return documents.containsKey(namespace);
  }

  /** The documents that are being synced, in order. */
  public Set<NamespaceId> syncing() {
    return Set.copyOf(documents.keySet());
  }

  private void ask(LiveInput.StartSync start, EndpointId peer, Consumer<LiveOutput> out) {
    withPeer(start.namespace(), peer, state -> {
      state.ask();
      dial(start.namespace(), peer, state, Origin.DIRECT_JOIN, out);
    });
  }

  private void dial(
      NamespaceId namespace, EndpointId peer, PeerState state, Origin origin, Consumer<LiveOutput> out) {
    if (state.isIdle()) {
      long session = ++numbers;
      state.begin(PeerState.Activity.CONNECTING, session);
      out.accept(new LiveOutput.Dial(namespace, peer, origin, session));
    }
  }

  private void ended(LiveInput.SessionEnded ended, PeerState state, Consumer<LiveOutput> out) {
    if (!state.end(ended.session())) {
      return;
    }
    if (ended.ending() == LiveInput.Ending.SUCCESS) {
      state.succeed();
      if (state.resyncRequested()) {
        dial(ended.namespace(), ended.peer(), state, Origin.RESYNC, out);
      }
    } else if (state.isWorthRetrying() || state.resyncRequested()) {
      long retry = ++numbers;
      state.awaitRetry(retry);
      out.accept(
          new LiveOutput.RetryLater(ended.namespace(), ended.peer(), retry, delay(state.countFailure())));
    }
  }

  /** Doubles from failure to failure, with a random part so that two peers do not keep crossing each other. */
  private Duration delay(int failures) {
    long most = LAST_RETRY.toMillis();
    long base = Math.min(most, FIRST_RETRY.toMillis() << Math.min(failures - 1, 10));
    return Duration.ofMillis(base / 2 + random.nextLong(base / 2 + 1));
  }

  private void withPeer(NamespaceId namespace, EndpointId peer, Consumer<PeerState> action) {
    peer(namespace, peer).ifPresent(action);
  }

  private Optional<PeerState> peer(NamespaceId namespace, EndpointId peer) {
    TreeMap<EndpointId, PeerState> peers = documents.get(namespace);
    if (peers == null || peer.equals(self)) {
      return Optional.empty();
    }
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
