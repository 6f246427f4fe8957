package org.docs4j.blobs.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.docs4j.api.spi.blobs.ProtectCallback;

/**
 * What both stores have in common: tags, leases, garbage collection, reading and export.
 *
 * <p>{@link #lock} guards what is known of blobs and tags; no user code and no long file work runs under it. The life
 * lock is held for reading by every operation, so that {@link #close} waits for them.
 */
abstract class BaseStore implements VerifiedStore {
  private static final int COPY_BYTES = 128 << 10;

  final Object lock = new Object();
  final Leases leases = new Leases();
  final Environment environment;
  final SortedMap<String, Hash> tags = new TreeMap<>();

  private final BlobsOptions options;
  private final List<ProtectCallback> callbacks = new CopyOnWriteArrayList<>();
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private final Object collection = new Object();
  private volatile boolean closed;

  BaseStore(Environment environment, BlobsOptions options) {
    this.environment = environment;
    this.options = options;
  }

  /** An operation in progress. */
  interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /** Begins an operation, which must end with {@code close} on the same thread. */
  final Running begin() {
    life.readLock().lock();
    if (closed) {
      life.readLock().unlock();
      throw new BlobException("the blob store is closed");
    }
    return () -> life.readLock().unlock();
  }

  /** A complete blob without lease, or nothing. */
  abstract Optional<BlobSource> openSource(Hash hash);

  /** All blobs, complete or not; the caller holds {@link #lock}. */
  abstract Set<Hash> hashes();

  /** Deletes a blob; returns whether it was complete. The caller holds {@link #lock}. */
  abstract boolean delete(Hash hash);

  /** Frees what deleting left behind. */
  abstract void tidy();

  /** Keeps the present tags; the caller holds {@link #lock}. */
  abstract void saveTags();

  /** Frees everything; nothing else runs. */
  abstract void release();

  @Override
  public final BlobsOptions options() {
    return options;
  }

  @Override
  public final Optional<BlobSource> source(Hash hash) {
    Running running = begin();
    try (running) {
      leases.acquire(hash);
      Optional<BlobSource> source = Optional.empty();
      try {
        source = openSource(hash);
      } finally {
        if (source.isEmpty()) {
          leases.release(hash);
        }
      }
      return source.map(found -> new LeasedSource(found, leases, hash));
    }
  }

  private BlobSource required(Hash hash) {
    return source(hash)
        .orElseThrow(() -> new BlobNotFoundException("blob " + hash.shortText() + " is not complete here"));
  }

  @Override
  public final SeekableByteChannel open(Hash hash) {
    return new SourceChannel(required(hash));
  }

  @Override
  public final byte[] read(Hash hash, int maxBytes) {
    try (BlobSource source = required(hash)) {
      if (source.size() > maxBytes) {
        throw new BlobException(
            "blob " + hash.shortText() + " has " + source.size() + " bytes, more than the " + maxBytes + " asked for");
      }
      byte[] content = new byte[(int) source.size()];
      source.data(0, content, 0, content.length);
      return content;
    }
  }

  @Override
  public final void export(Hash hash, Path target, ProgressListener progress) {
    Running running = begin();
    try (running;
        BlobSource source = required(hash)) {
      Path beside = beside(target);
      try {
        copy(source, beside, progress);
        FileMoves.replace(beside, target);
      } catch (IOException e) {
        throw DiskErrors.translate("blob " + hash.shortText() + " cannot be written to " + target, target, e);
      } finally {
        DiskErrors.deleteQuietly(beside);
      }
    }
  }

  private Path beside(Path target) {
    // Not made from the target's name, which may be as long as names can be.
    String name = ".docs4j-" + Long.toHexString(environment.random().nextLong()) + ".tmp";
    return target.toAbsolutePath().resolveSibling(name);
  }

  private static void copy(BlobSource source, Path target, ProgressListener progress) throws IOException {
    byte[] buffer = new byte[(int) Math.min(COPY_BYTES, source.size())];
    try (OutputStream out = Files.newOutputStream(target)) {
      long done = 0;
      while (done < source.size()) {
        int length = (int) Math.min(buffer.length, source.size() - done);
        source.data(done, buffer, 0, length);
        out.write(buffer, 0, length);
        done += length;
        progress.onProgress(done, source.size());
      }
    }
  }

  @Override
  public final void tag(String name, Hash hash) {
    Running running = begin();
    try (running) {
      synchronized (lock) {
        leases.touch(hash);
        Optional<Hash> before = Optional.ofNullable(tags.put(name, hash));
        saveOr(() -> before.ifPresentOrElse(old -> tags.put(name, old), () -> tags.remove(name)));
      }
    }
  }

  @Override
  public final boolean untag(String name) {
    Running running = begin();
    try (running) {
      synchronized (lock) {
        Optional<Hash> before = Optional.ofNullable(tags.remove(name));
        if (before.isPresent()) {
          saveOr(() -> tags.put(name, before.get()));
        }
        return before.isPresent();
      }
    }
  }

  private void saveOr(Runnable undo) {
    boolean saved = false;
    try {
      saveTags();
      saved = true;
    } finally {
      if (!saved) {
        undo.run();
      }
    }
  }

  @Override
  public final Map<String, Hash> tags() {
    synchronized (lock) {
      return new TreeMap<>(tags);
    }
  }

  @Override
  public final void protect(ProtectCallback callback) {
    callbacks.add(callback);
  }

  @Override
  public final long collectGarbage() {
    synchronized (collection) {
      Running running = begin();
      try (running) {
        leases.startCollection();
        try {
          Set<Hash> keep = new HashSet<>();
          callbacks.forEach(callback -> callback.protect(keep::add));
          return sweep(keep);
        } finally {
          leases.endCollection();
        }
      }
    }
  }

  private long sweep(Set<Hash> keep) {
    List<Hash> all;
    synchronized (lock) {
      keep.addAll(tags.values());
      all = List.copyOf(hashes());
    }
    long deleted = 0;
    for (Hash hash : all) {
      if (!keep.contains(hash)) {
        synchronized (lock) {
          // A tag set since then has touched the blob.
          if (!leases.protects(hash) && delete(hash)) {
            deleted++;
          }
        }
      }
    }
    tidy();
    return deleted;
  }

  @Override
  public final void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        release();
      }
    } finally {
      life.writeLock().unlock();
    }
  }
}
