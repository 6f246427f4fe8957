package org.docs4j.cli.mirror;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.Doc;
import org.docs4j.api.DocsException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Record;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the actions of the core, several at a time. Each first looks whether the file still is as the core thinks;
 * each agreement is remembered before the core hears of it. Safe to use from any thread; methods block on files.
 */
final class MirrorWorker {
  /** So many entries may be on their way to the document at a time. */
  private static final int IN_FLIGHT = 256;

  private final Doc doc;
  private final AuthorId author;
  private final boolean writable;
  private final Contents contents;
  private final SafeFolder folder;
  private final MirrorLog log;
  private final Executor callbacks;
  private final Done listener;
  private final Semaphore flights = new Semaphore(IN_FLIGHT);

  MirrorWorker(
      Doc doc, boolean writable, Contents contents, SafeFolder folder, MirrorLog log, Executor callbacks, Done listener) {
    this.doc = doc;
    this.author = doc.defaultAuthor();
    this.writable = writable;
    this.contents = contents;
    this.folder = folder;
    this.log = log;
    this.callbacks = callbacks;
    this.listener = listener;
  }

  /** Carries an action out; the listener hears of its end, in some cases later. */
  void perform(Action action) {
    try {
      Stamp now = folder.stamp(action.path());
      if (!now.equals(action.disk())) {
        listener.done(action.path(), new Outcome.DiskIs(now));
      } else if (action instanceof Action.Publish publish) {
        publish(publish.path(), now, publish.current());
      } else if (action instanceof Action.Delete delete) {
        delete(delete.path());
      } else if (action instanceof Action.Write write) {
        write(write.path(), now, write.version());
      } else if (action instanceof Action.Remove remove) {
        remove(remove.path(), remove.version());
      } else {
        merge((Action.Merge) action, now);
      }
    } catch (IOException | DocsException e) {
      fail(action.path(), e);
    }
  }

  /** Waits a while for what is on its way to the document. */
  void finish(Duration patience) {
    try {
      if (flights.tryAcquire(IN_FLIGHT, patience.toNanos(), TimeUnit.NANOSECONDS)) {
        flights.release(IN_FLIGHT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(String path, Stamp stamp, Version current) throws IOException {
    BlobInfo blob = contents.add(folder.locate(path), stamp.size());
    Stamp after = folder.stamp(path);
    if (!after.equals(stamp)) {
      listener.done(path, new Outcome.DiskIs(after));
      return;
    }
    if (current.record().hash().equals(blob.hash())) {
      settle(path, new Agreed(current, stamp));
      return;
    }
    flights.acquireUninterruptibly();
    doc.setHashAsync(author, MirrorKeys.key(path), blob.hash(), blob.size())
        .whenCompleteAsync(
            (insert, failure) -> {
              try {
                published(path, stamp, insert, failure);
              } finally {
                flights.release();
              }
            },
            callbacks)
        .exceptionally(failure -> null);
  }

  private void published(
      String path,
      Stamp stamp,
      @Nullable LocalInsert insert,
      @Nullable Throwable failure) {
    if (insert == null) {
      fail(path, failure instanceof Exception e ? e : new IOException("it could not be written to the document"));
      return;
    }
    Record record = insert.entry().record();
    try {
      Deed deed = new Deed.Published(path, record.hash(), record.length());
      settle(path, new Agreed(Version.of(insert.entry()), stamp), deed);
    } catch (IOException e) {
      fail(path, e);
    }
  }

  private void delete(String path) throws IOException {
    LocalInsert insert = doc.delete(author, MirrorKeys.key(path));
    settle(path, new Agreed(Version.of(insert.entry()), Stamp.NONE), new Deed.Deleted(path));
  }

  private void write(String path, Stamp expected, Version version) throws IOException {
    Record record = version.record();
    if (!contents.isHere(record.hash())) {
      listener.done(path, new Outcome.NotHere());
      return;
    }
    Stamp written = folder.write(path, expected, beside -> contents.writeTo(beside, record));
    if (!written.exists()) {
      listener.done(path, new Outcome.DiskIs(folder.stamp(path)));
      return;
    }
    settle(path, new Agreed(version, written), new Deed.Wrote(path, record.hash(), written.size()));
  }

  private void remove(String path, Version version) throws IOException {
    folder.remove(path);
    settle(path, new Agreed(version, Stamp.NONE), new Deed.Removed(path));
  }

  private void merge(Action.Merge merge, Stamp stamp) throws IOException {
    String path = merge.path();
    Record record = merge.version().record();
    Hash local = contents.hash(folder.locate(path), stamp.size());
    long changed = stamp.modified() / 1000;
    if (local.equals(record.hash())) {
      settle(path, new Agreed(merge.version(), stamp));
    } else if (writable && Long.compareUnsigned(changed, record.timestamp().micros()) > 0) {
      publish(path, stamp, merge.version());
    } else if (!contents.isHere(record.hash())) {
      listener.done(path, new Outcome.NotHere());
    } else {
      String kept = folder.moveAside(path, stamp);
      listener.tell(new Deed.Conflict(path, kept));
      write(path, Stamp.NONE, merge.version());
    }
  }

  private void settle(String path, Agreed agreed, Deed... deeds) throws IOException {
    log.append(path, agreed);
    for (Deed deed : deeds) {
      listener.tell(deed);
    }
    listener.done(path, new Outcome.Settled(agreed));
  }

  private void fail(String path, Exception failure) {
    Throwable cause = failure.getCause() != null && !(failure instanceof DocsException) ? failure.getCause() : failure;
    String reason = cause instanceof AccessDeniedException ? "this user may not" : String.valueOf(cause.getMessage());
    listener.tell(new Deed.Refused(path, reason));
    listener.done(path, new Outcome.Failed());
  }
}
