package org.docs4j.cli.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.docs4j.api.Doc;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;

/** All that a document of ours told, gathered on a thread of its own. */
final class Heard implements AutoCloseable {
  private final LiveEvents events;
  /** When each key came, on the monotonic clock in milliseconds. */
  final Map<String, Double> arrivals = new ConcurrentHashMap<>();
  /** Content that arrived. */
  final Set<Hash> ready = ConcurrentHashMap.newKeySet();
  /** Sessions that ended, in order. */
  final List<SyncReport> sessions = new CopyOnWriteArrayList<>();
  /** How many neighbours came. */
  final AtomicLong neighbours = new AtomicLong();

  Heard(Environment environment, Doc doc) {
    events = doc.subscribe();
    environment.executor().io().execute(this::take);
  }

  private void take() {
    while (!events.isEnded()) {
      Optional<LiveEvent> next = events.poll(Duration.ofSeconds(5));
      next.ifPresent(this::note);
    }
  }

  private void note(LiveEvent event) {
    if (event instanceof LiveEvent.InsertRemote insert) {
      arrivals.put(insert.entry().id().key().text(), System.nanoTime() / 1e6);
    } else if (event instanceof LiveEvent.ContentReady content) {
      ready.add(content.hash());
    } else if (event instanceof LiveEvent.SyncFinished finished) {
      sessions.add(finished.report());
    } else if (event instanceof LiveEvent.NeighborUp) {
      neighbours.incrementAndGet();
    }
  }

  /** What went wrong in the sessions so far. */
  List<String> failures() {
    List<String> all = new ArrayList<>();
    sessions.forEach(session -> session.failure().ifPresent(all::add));
    return all;
  }

  @Override
  public void close() {
    events.close();
  }
}
