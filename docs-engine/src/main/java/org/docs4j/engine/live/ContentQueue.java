package org.docs4j.engine.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.NamespaceId;
import org.jspecify.annotations.Nullable;

/**
 * Which content is wanted, for which documents, from whom, and what becomes of attempts to fetch it.
 *
 * <p>Pure. At most {@link #MAX_RUNNING} fetches run; content for which no provider is left waits until a new one is
 * known or a growing delay has passed. At most {@link #MAX_ENTRIES} are kept, {@link #MAX_SHARE} of one document; when
 * there is no room, content that nobody had goes. What is not kept stays noted in the store and is offered again.
 */
public final class ContentQueue {
  /** How many fetches run at once. */
  static final int MAX_RUNNING = 64;

  /** How many wanted contents are kept in memory. */
  static final int MAX_ENTRIES = 20_000;

  /** How many wanted contents of one document are kept. */
  static final int MAX_SHARE = 10_000;

  /** How many providers of one content are remembered. */
  static final int MAX_PROVIDERS = 16;

  /** How long content that found no room waits in the store, unless room is made before. */
  static final Duration RELOAD_DELAY = Duration.ofSeconds(60);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);

  private final Map<Hash, Wanted> entries = new LinkedHashMap<>();
  private final LinkedHashSet<Hash> ready = new LinkedHashSet<>();
  private final Map<NamespaceId, ContentShare> shares = new TreeMap<>();
  private final Announcements announcements = new Announcements();
  private int running;
  private boolean due;

  /** What the queue wants done. */
  public sealed interface Output {
    /** Fetch content from these providers, best first, and report the end. */
    record Fetch(Hash hash, List<EndpointId> providers) implements Output {}

    /** Call {@link #retry} after the delay. */
    record RetryLater(Hash hash, Duration delay) implements Output {}

    /** Call {@link #reload} after the delay. */
    record ReloadLater(NamespaceId namespace, Duration delay) implements Output {}
  }

  /** Content of a document is wanted, and these peers may have it. */
  public void want(NamespaceId namespace, Hash hash, Collection<EndpointId> providers, Consumer<Output> out) {
    if (!entries.containsKey(hash) && !makeRoom(namespace, out)) {
      overflow(namespace, out);
      return;
    }
    Wanted wanted = entries.computeIfAbsent(hash, key -> new Wanted());
    if (wanted.namespaces.add(namespace)) {
      ContentShare share = share(namespace);
      share.entries++;
      share.unsettled += wanted.settled ? 0 : 1;
    }
    announcements.take(hash).ifPresent(peer -> wanted.add(List.of(peer)));
    offer(hash, wanted, providers, out);
    if (!wanted.running && !ready.contains(hash)) {
      retryLater(hash, wanted, out);
    }
  }

  /** The store has more wanted content of a document than was offered here. */
  public void overflow(NamespaceId namespace, Consumer<Output> out) {
    ContentShare share = share(namespace);
    share.overflown = true;
    reloadLater(namespace, share, out);
  }

  /** The store may have more wanted content of a document; nothing waits for it. */
  public void lookAgain(NamespaceId namespace, Consumer<Output> out) {
    share(namespace).evicted = true;
    reloadLater(namespace, share(namespace), out);
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
      if (!wanted.running && wanted.namespaces.contains(namespace)) {
        wanted.add(List.of(peer));
        ready.add(entry.getKey());
      }
    }
    start(out);
  }

  /** Content is complete here; returns the documents that wanted it. */
  public Set<NamespaceId> complete(Hash hash, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.get(hash);
    if (wanted == null) {
      return Set.of();
    }
    running -= wanted.running ? 1 : 0;
    remove(hash, wanted);
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
    if (wanted.namespaces.isEmpty()) {
      remove(hash, wanted);
    } else if (wanted.hasProviders()) {
      ready.add(hash);
    } else {
      settle(hash, wanted);
      retryLater(hash, wanted, out);
    }
    start(out);
    return Set.copyOf(wanted.namespaces);
  }

  /**
   * The time of a retry has come; these peers may have it beside those known. Returns the documents that want it if it
   * holds them up no longer, since nobody is known to have it.
   */
  public Set<NamespaceId> retry(Hash hash, Collection<EndpointId> providers, Consumer<Output> out) {
    @Nullable Wanted wanted = entries.get(hash);
    if (wanted == null) {
      return Set.of();
    }
    wanted.timed = false;
    offer(hash, wanted, providers, out);
    if (wanted.running || ready.contains(hash)) {
      return Set.of();
    }
    settle(hash, wanted);
    retryLater(hash, wanted, out);
    return Set.copyOf(wanted.namespaces);
  }

  /** The time to look into the store again has come; whether that is still of use. */
  public boolean reload(NamespaceId namespace) {
    @Nullable ContentShare share = shares.get(namespace);
    if (share == null) {
      return false;
    }
    share.timed = false;
    return share.takeDue();
  }

  /** A document is no longer synced. */
  public void leave(NamespaceId namespace) {
    shares.remove(namespace);
    entries.values().removeIf(wanted -> {
      wanted.namespaces.remove(namespace);
      return wanted.namespaces.isEmpty() && !wanted.running;
    });
    ready.retainAll(entries.keySet());
  }

  /** The documents that want content, if it is wanted. */
  public Set<NamespaceId> namespaces(Hash hash) {
    @Nullable Wanted wanted = entries.get(hash);
    return wanted == null ? Set.of() : Set.copyOf(wanted.namespaces);
  }

  /** Whether nothing of a document is queued or being fetched; what nobody had does not count. */
  public boolean isSettled(NamespaceId namespace) {
    @Nullable ContentShare share = shares.get(namespace);
    return share == null || (!share.overflown && share.unsettled == 0);
  }

  /** The documents of which more is noted in the store than is kept here, once there is room for it; asked once. */
  public List<NamespaceId> takeOverflown() {
    if (!due || entries.size() > MAX_ENTRIES / 2) {
      return List.of();
    }
    List<NamespaceId> taken = new ArrayList<>();
    due = false;
    shares.forEach((namespace, share) -> {
      if (share.entries > MAX_SHARE / 2) {
        due |= share.overflown || share.evicted;
      } else if (share.takeDue()) {
        taken.add(namespace);
      }
    });
    return taken;
  }

  /** How many contents are kept. */
  int size() {
    return entries.size();
  }

  private ContentShare share(NamespaceId namespace) {
    return shares.computeIfAbsent(namespace, id -> new ContentShare());
  }

  private boolean makeRoom(NamespaceId namespace, Consumer<Output> out) {
    if (share(namespace).entries >= MAX_SHARE) {
      return evict(share(namespace), out);
    }
    if (entries.size() < MAX_ENTRIES) {
      return true;
    }
    for (ContentShare share : shares.values()) {
      if (evict(share, out)) {
        return true;
      }
    }
    return false;
  }

  /** Drops one content of a document that nobody had; returns whether there was one. */
  private boolean evict(ContentShare share, Consumer<Output> out) {
    Iterator<Hash> hashes = share.failed.iterator();
    while (hashes.hasNext()) {
      Hash hash = hashes.next();
      hashes.remove();
      @Nullable Wanted wanted = entries.get(hash);
      if (wanted != null && !wanted.running && !ready.contains(hash)) {
        remove(hash, wanted);
        wanted.namespaces.forEach(namespace -> lookAgain(namespace, out));
        return true;
      }
    }
    return false;
  }

  private void remove(Hash hash, Wanted wanted) {
    entries.remove(hash);
    ready.remove(hash);
    for (NamespaceId namespace : wanted.namespaces) {
      ContentShare share = share(namespace);
      share.entries--;
      share.unsettled -= wanted.settled ? 0 : 1;
      share.failed.remove(hash);
    }
  }

  /** Content for which no provider is left no longer holds its documents up, and may make room for other. */
  private void settle(Hash hash, Wanted wanted) {
    for (NamespaceId namespace : wanted.namespaces) {
      ContentShare share = share(namespace);
      share.unsettled -= wanted.settled ? 0 : 1;
      share.failed.add(hash);
    }
    wanted.settled = true;
  }

  private void offer(Hash hash, Wanted wanted, Collection<EndpointId> providers, Consumer<Output> out) {
    wanted.add(providers);
    if (!wanted.running && wanted.hasProviders()) {
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
        out.accept(new Output.Fetch(hash, wanted.takeProviders()));
      }
    }
  }

  private static void retryLater(Hash hash, Wanted wanted, Consumer<Output> out) {
    if (!wanted.timed) {
      wanted.timed = true;
      long millis = FIRST_RETRY.toMillis() << Math.min(wanted.countAttempt(), 10);
      out.accept(new Output.RetryLater(hash, Duration.ofMillis(Math.min(LAST_RETRY.toMillis(), millis))));
    }
  }

  private void reloadLater(NamespaceId namespace, ContentShare share, Consumer<Output> out) {
    due = true;
    if (!share.timed) {
      share.timed = true;
      out.accept(new Output.ReloadLater(namespace, RELOAD_DELAY));
    }
  }
}
