package org.docs4j.api.spi.blobs;

/** Told how far something long has come. */
@FunctionalInterface
public interface ProgressListener {
  /** Listens to nothing. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * Takes the progress, on the thread that does the work: must not block.
   *
   * @param done bytes done so far
   * @param total bytes in all, or -1 while unknown
   */
  void onProgress(long done, long total);
}
