package org.docs4j.cli.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.docs4j.api.Doc;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.Query;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobStore;

/**
 * Follows a document until one session with a peer succeeded and all content of its entries is here; used by one thread.
 *
 * <p>What is missing is looked up once, after the first session that succeeded, and again when events were missed; from
 * then on the events tell.
 */
public final class FirstSync {
  private final Doc doc;
  private final BlobStore blobs;
  private final Map<Hash, Long> missing = new HashMap<>();
  private boolean sessionDone;
  private long entries;
  private long bytes;

  /** Follows a document whose content is in the given store. */
  public FirstSync(Doc doc, BlobStore blobs) {
    this.doc = doc;
    this.blobs = blobs;
  }

  /** Takes an event. */
  public void handle(LiveEvent event) {
    if (event instanceof LiveEvent.SyncFinished finished) {
      if (finished.report().succeeded() && !sessionDone) {
        sessionDone = true;
        lookUp();
      }
    } else if (!sessionDone) {
      return;
    } else if (event instanceof LiveEvent.InsertRemote insert) {
      lookUp(insert.entry());
    } else if (event instanceof LiveEvent.ContentReady ready) {
      missing.remove(ready.hash());
    } else if (event instanceof LiveEvent.Lagged || event instanceof LiveEvent.PendingContentReady) {
      lookUp();
    }
  }

  /** Whether a session succeeded and nothing is missing. */
  public boolean isDone() {
    return sessionDone && missing.isEmpty();
  }

  /** How many contents are not here yet; empty before the first session. */
  public Optional<Long> missing() {
    return sessionDone ? Optional.of((long) missing.size()) : Optional.empty();
  }

  /** How many entries there were at the last look. */
  public long entries() {
    return entries;
  }

  /** How many bytes of content they have together. */
  public long bytes() {
    return bytes;
  }

  private void lookUp() {
    missing.clear();
    entries = 0;
    bytes = 0;
    try (Stream<Entry> all = doc.query(Query.all())) {
      all.forEach(this::lookUp);
    }
  }

  private void lookUp(Entry entry) {
    if (entry.isEmpty() || !doc.downloadPolicy().wants(entry.id().key())) {
      return;
    }
    entries++;
    bytes += entry.record().length();
    Hash hash = entry.record().hash();
    if (blobs.status(hash).toContentStatus() != ContentStatus.COMPLETE) {
      missing.put(hash, entry.record().length());
    }
  }
}
