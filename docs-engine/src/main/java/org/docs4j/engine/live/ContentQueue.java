package org.docs4j.engine.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.jspecify.annotations.Nullable;

/**
 * Which content is wanted, for which documents, from whom, and what becomes of attempts to fetch it.
 *
 * <p>Pure. At most {@link #MAX_RUNNING} fetches run; content for which no provider is left waits until a new one is
 * known or a growing delay has passed. At most {@link #MAX_ENTRIES} are kept; what is beyond stays noted in the store and
 * is offered again when there is room.
 */
public final class ContentQueue {
  /** How many fetches run at once. */
  static final int MAX_RUNNING = 64;

  /** How many wanted contents are kept in memory. */
  static final int MAX_ENTRIES = 20_000;

  /** How many providers of one content are remembered. */
  static final int MAX_PROVIDERS = 16;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);

  private final Map<Hash, Wanted> entries = new LinkedHashMap<>();
  private final LinkedHashSet<Hash> ready = new LinkedHashSet<>();
  private final Set<NamespaceId> overflown = new TreeSet<>();
  private final Map<NamespaceId, Integer> unsettled = new TreeMap<>();
  private final Announcements announcements = new Announcements();
  private int running;

  /** What the queue wants done. */
  public sealed interface Output {
    /** Fetch content from these providers, best first, and report the end. */
    record Fetch(Hash hash, List<EndpointId> providers) implements Output {}

    /** Call {@link #retry} after the delay. */
    record RetryLater(Hash hash, Duration delay) implements Output {}
  }

  private static final class Wanted {
    private final Set<NamespaceId> namespaces = new TreeSet<>();
    private final LinkedHashSet<EndpointId> providers = new LinkedHashSet<>();
    private boolean running;
    private int attempts;

    boolean isUnsettled() {
      return attempts == 0;
    }

    void add(Collection<EndpointId> peers) {
      for (EndpointId peer : peers) {
        if (providers.size() < MAX_PROVIDERS) {
          providers.add(peer);
        }
      }
    }
  }

  /** Content of a document is wanted, and these peers may have it. */
  public void want(NamespaceId namespace, Hash hash, Collection<EndpointId> providers, Consumer<Output> out) {
    if (!entries.containsKey(hash) && entries.size() >= MAX_ENTRIES) {
      overflown.add(namespace);
      return;
    }
    Wanted wanted = entries.computeIfAbsent(hash, key -> new Wanted());
    if (wanted.namespaces.add(namespace) && wanted.isUnsettled()) {
      unsettled.merge(namespace, 1, Integer::sum);
    }
    announcements.take(hash).ifPresent(peer -> wanted.add(List.of(peer)));
    offer(hash, wanted, providers, out);
  }

  /** A peer says that it has content; remembered for a while if it is not wanted, since the entry may come later. */
  public void provider(Hash hash, EndpointId peer, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.get(hash);
    if (wanted != null) {
      offer(hash, wanted, List.of(peer), out);
    } else {
      announcements.put(hash, peer);
    }
  }

  /** A peer syncs a document: it may have whatever of it is waiting for a provider. */
  public void peerAvailable(NamespaceId namespace, EndpointId peer, Consumer<Output> out) {
    for (Map.Entry<Hash, Wanted> entry : entries.entrySet()) {
      Wanted wanted = entry.getValue();
      if (!wanted.running && wanted.namespaces.contains(namespace) && !ready.contains(entry.getKey())) {
        wanted.add(List.of(peer));
        ready.add(entry.getKey());
      }
    }
    start(out);
  }

  /** Content is complete here; returns the documents that wanted it. */
  public Set<NamespaceId> complete(Hash hash, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.remove(hash);
    ready.remove(hash);
    if (wanted == null) {
      return Set.of();
    }
    if (wanted.running) {
      running--;
    }
    settle(wanted);
    start(out);
    return wanted.namespaces;
  }

  /** A fetch has failed; returns the documents that want it. The providers are forgotten until they come up again. */
  public Set<NamespaceId> failed(Hash hash, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.get(hash);
    if (wanted == null || !wanted.running) {
      return Set.of();
    }
    wanted.running = false;
    running--;
    settle(wanted);
    wanted.attempts++;
    if (wanted.providers.isEmpty()) {
      out.accept(new Output.RetryLater(hash, delay(wanted.attempts)));
    } else {
      ready.add(hash);
    }
    start(out);
    return wanted.namespaces;
  }

  /** The time of a retry has come; these peers may have it beside those known. */
  public void retry(Hash hash, Collection<EndpointId> providers, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.get(hash);
    if (wanted != null && !wanted.running) {
      offer(hash, wanted, providers, out);
    }
  }

  /** A document is no longer synced. */
  public void leave(NamespaceId namespace) {
    overflown.remove(namespace);
    unsettled.remove(namespace);
    entries.values().removeIf(wanted -> {
      wanted.namespaces.remove(namespace);
      return wanted.namespaces.isEmpty() && !wanted.running;
    });
    ready.retainAll(entries.keySet());
  }

  /** The documents that want content, if it is wanted. */
  public Set<NamespaceId> namespaces(Hash hash) {
    @Nullable Wanted wanted = entries.get(hash);
    return wanted == null ? Set.of() : wanted.namespaces;
  }

  /** Whether nothing of a document is queued or being fetched; what nobody had does not count. */
  public boolean isSettled(NamespaceId namespace) {
    return !overflown.contains(namespace) && !unsettled.containsKey(namespace);
  }

  /** The documents of which more is noted in the store than is kept here, once there is room for it; asked once. */
  public List<NamespaceId> takeOverflown() {
    if (overflown.isEmpty() || entries.size() > MAX_ENTRIES / 2) {
      return List.of();
    }
    List<NamespaceId> taken = new ArrayList<>(overflown);
    overflown.clear();
    return taken;
  }

  /** Content that was not tried to the end yet no longer holds its documents up. */
  private void settle(Wanted wanted) {
    if (wanted.isUnsettled()) {
      wanted.namespaces.forEach(id -> unsettled.computeIfPresent(id, (key, count) -> count > 1 ? count - 1 : null));
    }
  }

  private void offer(Hash hash, Wanted wanted, Collection<EndpointId> providers, Consumer<Output> out) {
    wanted.add(providers);
    if (!wanted.running && !wanted.providers.isEmpty()) {
      ready.add(hash);
      start(out);
    }
  }

  private void start(Consumer<Output> out) {
    while (running < MAX_RUNNING && !ready.isEmpty()) {
      Hash hash = ready.iterator().next();
      ready.remove(hash);
      @Nullable Wanted wanted = entries.get(hash);
      if (wanted != null && !wanted.running) {
        wanted.running = true;
        running++;
        List<EndpointId> providers = List.copyOf(wanted.providers);
        wanted.providers.clear();
        out.accept(new Output.Fetch(hash, providers));
      }
    }
  }

  private static Duration delay(int attempts) {
    long most = LAST_RETRY.toMillis();
    return Duration.ofMillis(Math.min(most, FIRST_RETRY.toMillis() << Math.min(attempts - 1, 10)));
  }
}
