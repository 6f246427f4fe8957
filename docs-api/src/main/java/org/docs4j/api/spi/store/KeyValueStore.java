package org.docs4j.api.spi.store;

/**
 * An ordered, transactional key-value store with one writer and any number of snapshot readers.
 *
 * <p>Keys and values are byte strings; keys are in unsigned lexicographic order within a {@link Table}. Empty keys and
 * empty values are legal (store110). Values may have up to 16 MiB (store111).
 *
 * <p>Threads: the store may be used by any thread; a transaction and its cursors by one thread at a time, which need not
 * be the one that opened it.
 */
public interface KeyValueStore extends AutoCloseable {
  /** The longest key in bytes that every table takes, at least 480 (store112). */
  int maxKeyBytes();

  /**
   * Opens a snapshot: it sees exactly what was committed before this call, whatever is committed later (store120).
   *
   * @throws org.docs4j.api.StoreException if the store is closed
   */
  ReadTxn read();

  /**
   * Opens the write transaction. There is one at a time (store130): a second call, from whichever thread, is refused
   * while one is open.
   *
   * @throws org.docs4j.api.StoreException if another one is open, or the store is closed
   */
  WriteTxn write();

  /**
   * Makes every commit so far durable, as if it had been {@link Durability#SYNC} (store140).
   *
   * @throws org.docs4j.api.StoreException if the disk does not take it
   */
  void sync();

  /**
   * Rolls an open write transaction back, waits until open snapshots are no longer in use or invalidates them with a
   * {@link org.docs4j.api.StoreException} on their next use, makes all commits durable and frees everything. Idempotent
   * (store150).
   */
  @Override
  void close();
}
