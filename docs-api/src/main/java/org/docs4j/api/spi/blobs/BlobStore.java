package org.docs4j.api.spi.blobs;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import org.docs4j.api.model.Hash;

/** Content by its hash. Safe to use from any thread; methods may block on files. */
public interface BlobStore extends AutoCloseable {
  /** How much of a blob is here; cheap enough to ask for every entry of a sync message (blobs410). */
  BlobStatus status(Hash hash);

  /**
   * Stores content and returns its hash; storing the same twice is harmless (blobs411). Survives the end of the process
   * when it returns, a loss of power only after {@link #sync}.
   *
   * @throws org.docs4j.api.StoreFullException if there is no room
   */
  BlobInfo add(byte[] content);

  /**
   * Stores what a stream yields until its end; closes nothing (blobs412).
   *
   * @throws org.docs4j.api.BlobException if the stream fails; nothing is stored then
   */
  BlobInfo add(InputStream content, ProgressListener progress);

  /**
   * Stores a file (blobs413).
   *
   * @throws org.docs4j.api.BlobException if the file cannot be read; nothing is stored then
   */
  BlobInfo add(Path file, ImportMode mode, ProgressListener progress);

  /**
   * Opens a complete blob for reading at any position; the caller closes it (blobs414).
   *
   * @throws org.docs4j.api.BlobNotFoundException if it is not complete here
   */
  SeekableByteChannel open(Hash hash);

  /**
   * The whole content in an array.
   *
   * @param maxBytes the most that the caller takes
   * @throws org.docs4j.api.BlobNotFoundException if it is not complete here
   * @throws org.docs4j.api.BlobException if it is longer than {@code maxBytes}
   */
  byte[] read(Hash hash, int maxBytes);

  /**
   * Writes a complete blob to a file beside the target and renames it into place (blobs415).
   *
   * @throws org.docs4j.api.BlobNotFoundException if it is not complete here
   * @throws org.docs4j.api.BlobException if the file cannot be written; the target is then as it was
   */
  void export(Hash hash, Path target, ProgressListener progress);

  /** Names a blob, which protects it from garbage collection; replaces what had the name before (blobs416). */
  void tag(String name, Hash hash);

  /** Takes a name away; returns whether it was there. */
  boolean untag(String name);

  /** All names with their blobs, in order of the names. */
  Map<String, Hash> tags();

  /** Adds somebody who is asked before anything is deleted. */
  void protect(ProtectCallback callback);

  /**
   * Deletes complete blobs that no tag, no running operation and no callback needs (blobs417).
   *
   * @return how many were deleted
   */
  long collectGarbage();

  /** Makes everything stored so far survive a loss of power. */
  void sync();

  /** Frees everything. Idempotent, waits for running operations. */
  @Override
  void close();
}
