package org.docs4j.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.spi.Ticker;

/** What an agent's subscriptions have seen since the last reset. Safe to use from any thread. */
final class Seen {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final double NANOS_PER_MILLI = 1e6;

  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Object> keys = new LinkedHashMap<>();
  private long inserts;
  private long neighbors;
  private long syncs;
  private final List<Map<String, Object>> sessions = new ArrayList<>();

  Seen(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Milliseconds that all processes of one machine can compare. */
  double now() {
    return ticker.nanos() / NANOS_PER_MILLI;
  }

  /** Takes the events of a subscription until it ends. */
  void follow(LiveEvents events, boolean track) {
    while (!events.isEnded()) {
      events.poll(POLL).ifPresent(event -> take(event, track));
    }
  }

  private void take(LiveEvent event, boolean track) {
    double time = now();
    lock.lock();
    try {
      if (event instanceof LiveEvent.InsertRemote insert) {
        inserts++;
        if (track) {
          keys.put(insert.entry().id().key().text(), time);
        }
      } else if (event instanceof LiveEvent.Lagged lagged) {
        // Nearly all events are inserts; whoever needs certainty counts the entries afterwards.
        inserts += lagged.missed();
      } else if (event instanceof LiveEvent.NeighborUp) {
        neighbors++;
      } else if (event instanceof LiveEvent.SyncFinished finished) {
        boolean succeeded = finished.report().succeeded();
        sessions.add(Map.of("t", time, "ok", succeeded));
        syncs += succeeded ? 1 : 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void reset() {
    lock.lock();
    try {
      keys.clear();
      inserts = 0;
      neighbors = 0;
      syncs = 0;
      sessions.clear();
    } finally {
      lock.unlock();
    }
  }

  /** How many entries came, and when each session ended and whether it succeeded. */
  Map<String, Object> summary() {
    lock.lock();
    try {
      return Map.of("insertRemote", inserts, "syncs", List.copyOf(sessions), "t", now());
    } finally {
      lock.unlock();
    }
  }

  /** When each key came. */
  Map<String, Object> keys() {
    lock.lock();
    try {
      return new LinkedHashMap<>(keys);
    } finally {
      lock.unlock();
    }
  }

  long inserts() {
    return inserts;
  }

  long neighbors() {
    return neighbors;
  }

  long syncs() {
    return syncs;
  }

  /** Waits until something holds; the time at which it was found to, or empty when the time ran out. */
  Optional<Double> await(Predicate<Seen> condition, Duration timeout) {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (!condition.test(this)) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      return Optional.of(now());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DocsInterruptedException("interrupted while waiting for events", e);
    } finally {
      lock.unlock();
    }
  }
}
