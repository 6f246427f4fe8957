package org.docs4j.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;

/**
 * An open document: entries by author and key, kept equal with every peer that syncs it.
 *
 * <p>Safe to use from any thread. Methods wait for their result unless they return a stage; what they report is applied
 * and visible to every later call, and survives the end of the process after at most half a second, a loss of power
 * after {@link Docs#flush}. After {@link #close} every call fails with {@link ReplicaClosedException}. A waiting thread
 * that is interrupted gets {@link DocsInterruptedException}.
 */
public interface Doc extends AutoCloseable {
  /** The document's id. */
  NamespaceId id();

  /** Whether this node may write to it. */
  Capability.Kind access();

  /**
   * Writes content at a key in the default author's name.
   *
   * @see #set(AuthorId, Key, byte[])
   */
  default LocalInsert set(Key key, byte[] content) {
    return set(defaultAuthor(), key, content);
  }

  /**
   * Writes content at a key and removes the author's entries at longer keys that start with it (WIRE 3.3).
   *
   * @throws InvalidEntryException if the content is empty or the key longer than 1 MiB
   * @throws ReadOnlyReplicaException if this node may not write
   * @throws AuthorNotFoundException if the author's secret is not here
   */
  LocalInsert set(AuthorId author, Key key, byte[] content);

  /**
   * Writes content that is in the blob store, or will be, at a key. Content that was added by hand has to be tagged until
   * this returns if garbage may be collected meanwhile.
   *
   * @param length of the content in bytes, from 1
   * @throws InvalidEntryException as {@link #set(AuthorId, Key, byte[])}
   * @throws IllegalArgumentException if the length is negative
   */
  LocalInsert setHash(AuthorId author, Key key, Hash hash, long length);

  /**
   * As {@link #setHash}, without waiting for the write; the stage fails with the same exceptions. The call itself waits
   * while very many (16,384) requests of the application are under way, and throws at once if the document is closed or
   * the length is negative.
   *
   * <p>What follows on the stage runs on a few threads kept for that, in no particular order, and may block, but must not
   * wait for other stages of this method: several that did so would wait for each other.
   */
  CompletableFuture<LocalInsert> setHashAsync(AuthorId author, Key key, Hash hash, long length);

  /**
   * Adds a file to the blob store and writes it at a key. Garbage collection waits until it is done, five minutes at most,
   * and is given up then.
   *
   * @throws BlobException if the file cannot be read; nothing is written then
   */
  LocalInsert setFile(AuthorId author, Key key, Path file, ImportMode mode, ProgressListener progress);

  /**
   * Deletes the author's entries at all keys that start with a prefix, by a tombstone at the prefix.
   *
   * <p>To everyone who uses this node it happens at once: a call sees the document as it was before or as it is after,
   * however many entries are removed, and waits for as long as that takes. A stream of {@link #query} that is under way
   * goes on with what is there at its next page. If the process ends in the middle, the deletion happens as a whole or
   * not at all; what is left to remove is removed at the next start, before the document can be read.
   *
   * @return the tombstone, and what it removed, the entry at the prefix itself included
   */
  LocalInsert delete(AuthorId author, Key prefix);

  /** The author's entry at a key, deletions left out. */
  Optional<Entry> get(AuthorId author, Key key);

  /** The newest entry of all authors at a key; empty when there is none or the newest is a deletion. */
  default Optional<Entry> get(Key key) {
    try (Stream<Entry> found = query(Query.singleLatestPerKey().withKeys(new Query.KeyFilter.Exact(key)))) {
      return found.findFirst();
    }
  }

  /** The entries that a query selects, read page by page while the stream is consumed. */
  Stream<Entry> query(Query query);

  /**
   * The content of an entry.
   *
   * @param maxBytes the most that the caller takes
   * @throws BlobNotFoundException if it is not complete on this node
   * @throws BlobException if it is longer than {@code maxBytes}
   */
  byte[] content(Entry entry, int maxBytes);

  /** Writes the content of an entry to a file; see {@link org.docs4j.api.spi.blobs.BlobStore#export}. */
  void export(Entry entry, Path target, ProgressListener progress);

  /**
   * Starts to sync the document (until {@link #leave}): with the given peers, those it was synced with before, and
   * everyone met in its swarm. Calling it again adds peers. What is asked for from several threads at once
   * (this, {@link #leave}, {@link Docs#drop}) is done one after the other, in the order in which it was asked for.
   */
  void startSync(List<EndpointAddr> peers);

  /** Ends syncing; the document stays. */
  void leave();

  /** Starts to sync and makes a ticket with this node's present addresses. Without the secret only READ is possible. */
  DocTicket share(Capability.Kind kind);

  /** Subscribes to what happens from now on, and perhaps to the event of a write that was answered just before. */
  LiveEvents subscribe();

  /** Which content is fetched by itself. */
  DownloadPolicy downloadPolicy();

  /** Sets which content is fetched by itself from now on; remembered. */
  void setDownloadPolicy(DownloadPolicy policy);

  /** How many entries this replica has, deletions included. */
  long count();

  /** The author in whose name this node writes unless told otherwise. */
  AuthorId defaultAuthor();

  /** Gives this handle up; syncing goes on. Idempotent. */
  @Override
  void close();
}
