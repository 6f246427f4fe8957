package org.docs4j.blobs.proto;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;

/**
 * Decides which blob is asked of which provider, and when: one attempt a blob at a time, providers in the order given,
 * bounded attempts in all and per provider, and turns between providers that have work.
 */
public final class FetchQueue {
  private final int maxTotal;
  private final int maxPerProvider;
  private final Map<Hash, Fetch> fetches = new LinkedHashMap<>();
  private final LinkedHashMap<EndpointId, Lane> lanes = new LinkedHashMap<>();
  private int active;

  private static final class Fetch {
    final Hash hash;
    final ArrayDeque<EndpointId> untried = new ArrayDeque<>();
    Optional<EndpointId> current = Optional.empty();
    boolean renewed;
    Optional<DocsException> denied = Optional.empty();
    Optional<DocsException> lost = Optional.empty();
    Optional<DocsException> mismatchedLast = Optional.empty();

    Fetch(Hash hash) {
      this.hash = hash;
    }
  }

  private static final class Lane {
    final ArrayDeque<Fetch> waiting = new ArrayDeque<>();
    int active;
  }

  /**
   * An attempt to make now.
   *
   * @param hash of the blob
   * @param provider whom to ask
   */
  public record Attempt(Hash hash, EndpointId provider) {}

  /** How a fetch ended. */
  public sealed interface Verdict {
    /** Of which blob. */
    Hash hash();

    /**
     * The blob is in the store.
     *
     * @param info of the blob
     */
    record Success(BlobInfo info) implements Verdict {
      @Override
      public Hash hash() {
        return info.hash();
      }
    }

    /**
     * The blob did not come.
     *
     * @param hash of the blob
     * @param why typed as the seam says
     */
    record Failure(Hash hash, DocsException why) implements Verdict {}
  }

  /** A queue with no fetch. Both limits are at least 1. */
  public FetchQueue(int maxTotal, int maxPerProvider) {
    this.maxTotal = maxTotal;
    this.maxPerProvider = maxPerProvider;
  }

  /** Adds a fetch, or providers to the one of the same blob; the verdict is there at once if nobody can be asked. */
  public Optional<Verdict> request(Hash hash, List<EndpointId> providers) {
    Fetch known = fetches.get(hash);
    Fetch fetch = known == null ? new Fetch(hash) : known;
    for (EndpointId provider : providers) {
      if (!fetch.untried.contains(provider) && !fetch.current.equals(Optional.of(provider))) {
        fetch.untried.add(provider);
      }
    }
    if (known != null) {
      return Optional.empty();
    }
    fetches.put(hash, fetch);
    return advance(fetch);
  }

  /** The next attempt, if the limits allow one; it counts until {@link #finished}. */
  public Optional<Attempt> next() {
    if (active >= maxTotal) {
      return Optional.empty();
    }
    for (Map.Entry<EndpointId, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      if (lane.active < maxPerProvider && !lane.waiting.isEmpty()) {
        EndpointId provider = entry.getKey();
        Fetch fetch = lane.waiting.remove();
        lane.active++;
        active++;
        // To the end of the order: the other providers' turn.
        lanes.remove(provider);
        lanes.put(provider, lane);
        return Optional.of(new Attempt(fetch.hash, provider));
      }
    }
    return Optional.empty();
  }

  /** Takes the result of an attempt; the fetch has a verdict, or waits for its next provider. */
  public Optional<Verdict> finished(Attempt attempt, AttemptResult result) {
    Fetch fetch = fetches.get(attempt.hash());
    Lane lane = lanes.get(attempt.provider());
    if (fetch == null || lane == null) {
      throw new IllegalArgumentException("no such attempt: " + attempt);
    }
    lane.active--;
    active--;
    Optional<Verdict> verdict = judge(fetch, lane, result);
    dropIfIdle(attempt.provider());
    return verdict;
  }

  /** Moves all fetches that wait for a provider that cannot be reached to their next one. */
  public List<Verdict> unreachable(EndpointId provider, DocsException why) {
    List<Verdict> verdicts = new ArrayList<>();
    Lane lane = lanes.get(provider);
    if (lane != null) {
      List<Fetch> waiting = List.copyOf(lane.waiting);
      lane.waiting.clear();
      for (Fetch fetch : waiting) {
        fetch.lost = Optional.of(why);
        advance(fetch).ifPresent(verdicts::add);
      }
      dropIfIdle(provider);
    }
    return verdicts;
  }

  /** Whether attempts at a provider are running or waiting. */
  public boolean needs(EndpointId provider) {
    return lanes.containsKey(provider);
  }

  /** How many fetches have no verdict yet. */
  public int size() {
    return fetches.size();
  }

  private Optional<Verdict> judge(Fetch fetch, Lane lane, AttemptResult result) {
    fetch.mismatchedLast = Optional.empty();
    if (result instanceof AttemptResult.Fetched fetched) {
      fetches.remove(fetch.hash);
      return Optional.of(new Verdict.Success(fetched.info()));
    }
    if (result instanceof AttemptResult.Broken broken) {
      return Optional.of(fail(fetch, broken.why()));
    }
    if (result instanceof AttemptResult.Stale stale) {
      fetch.lost = Optional.of(stale.why());
      if (!fetch.renewed) {
        fetch.renewed = true;
        lane.waiting.addFirst(fetch);
        return Optional.empty();
      }
    }
    if (result instanceof AttemptResult.Denied denied) {
      fetch.denied = Optional.of(denied.why());
    } else if (result instanceof AttemptResult.Mismatched mismatched) {
      fetch.mismatchedLast = Optional.of(mismatched.why());
    } else if (result instanceof AttemptResult.Lost lost) {
      fetch.lost = Optional.of(lost.why());
    }
    return advance(fetch);
  }

  /** Lets a fetch wait for its next provider, or ends it. */
  private Optional<Verdict> advance(Fetch fetch) {
    fetch.renewed = false;
    EndpointId next = fetch.untried.poll();
    if (next != null) {
      fetch.current = Optional.of(next);
      lanes.computeIfAbsent(next, unused -> new Lane()).waiting.add(fetch);
      return Optional.empty();
    }
    DocsException why =
        fetch.mismatchedLast
            .or(() -> fetch.denied)
            .or(() -> fetch.lost)
            .orElseGet(() -> new BlobNotFoundException("nobody is known to have blob " + fetch.hash.shortText()));
    return Optional.of(fail(fetch, why));
  }

  private Verdict fail(Fetch fetch, DocsException why) {
    fetches.remove(fetch.hash);
    return new Verdict.Failure(fetch.hash, why);
  }

  private void dropIfIdle(EndpointId provider) {
    Lane lane = lanes.get(provider);
    if (lane != null && lane.active == 0 && lane.waiting.isEmpty()) {
      lanes.remove(provider);
    }
  }
}
