package org.docs4j.blobs.store;

/** Where the file store has a blob. */
sealed interface Located {
  /** Bytes in it; for a partial blob what a peer claimed. */
  long size();

  /**
   * Inside a pack.
   *
   * @param pack the number of the pack
   * @param offset where it starts there
   * @param size in bytes, at most 16 KiB
   */
  record Small(int pack, long offset, long size) implements Located {}

  /**
   * In files of its own.
   *
   * @param size in bytes, more than 16 KiB
   */
  record Large(long size) implements Located {}

  /**
   * In a file that belongs to somebody else.
   *
   * @param size in bytes, more than 16 KiB
   */
  record Reference(long size) implements Located {}

  /**
   * As far as it has arrived, in files of its own.
   *
   * @param size in bytes, as a peer claimed
   */
  record Partial(long size) implements Located {}
}
