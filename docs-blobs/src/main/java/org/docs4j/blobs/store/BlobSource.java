package org.docs4j.blobs.store;

/**
 * A complete blob, open for reading; garbage collection leaves it alone until it is closed. For one thread at a time.
 *
 * <p>Reading fails with {@link org.docs4j.api.BlobException} if the bytes cannot be read.
 */
public interface BlobSource extends AutoCloseable {
  /** Its size in bytes. */
  long size();

  /** Reads so many bytes; they lie inside the blob. */
  void data(long offset, byte[] target, int start, int length);

  /** Reads the 64 bytes of a parent of the outboard. */
  void parent(long index, byte[] target, int start);

  /** Frees it. Idempotent. */
  @Override
  void close();
}
