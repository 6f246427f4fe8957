package org.docs4j.api.spi.store;

/**
 * An ordered, transactional key-value store with one writer and any number of snapshot readers.
 *
 * <p>Each table answers like an ordered map, whatever is done in whatever order (store100). Keys and values are byte
 * strings. Keys are in unsigned lexicographic order within a {@link Table}, a key before all
 * longer ones that start with it (store114); each table has its own keys (store115). Empty keys and empty values are
 * legal (store110). Values may have up to {@link #MAX_VALUE_BYTES} (store111).
 *
 * <p>Threads: the store may be used by any thread. A read transaction and its cursors are used by one thread at a time,
 * which need not be the one that opened it (store121). The write transaction and its cursors stay on the thread that
 * opened it until it is closed; a store may refuse any other thread with a {@link org.docs4j.api.StoreException} (some
 * back ends tie their writer lock to a thread). At least {@link #MIN_SNAPSHOTS} snapshots can be open at once, beside
 * the write transaction (store122).
 */
public interface KeyValueStore extends AutoCloseable {
  /** The longest value in bytes that every store takes, and that any takes: 16 MiB. */
  int MAX_VALUE_BYTES = 16 << 20;

  /** The longest key in bytes that every store takes. */
  int MIN_KEY_BYTES = 480;

  /** How many snapshots can be open at once in every store. */
  int MIN_SNAPSHOTS = 256;

  /**
   * The longest key in bytes that every table takes, at least {@link #MIN_KEY_BYTES}, the same for the life of the store
   * (store112).
   */
  int maxKeyBytes();

  /**
   * Opens a snapshot: it sees exactly what was committed before this call, each commit as a whole, whatever is written
   * or committed meanwhile and later (store120). Readers and the writer do not wait for each other.
   *
   * @throws org.docs4j.api.StoreException if the store is closed
   */
  ReadTxn read();

  /**
   * Opens the write transaction. There is one at a time (store130): a second call, from whichever thread, is refused
   * while one is open. When it has ended, any thread may open the next one (store135).
   *
   * @throws org.docs4j.api.StoreReadOnlyException if the store was opened for reading only, where the back end has an
   *     option for that
   * @throws org.docs4j.api.StoreException if another one is open, or the store is closed
   */
  WriteTxn write();

  /**
   * Makes every commit so far durable, as if it had been {@link Durability#SYNC} (store140).
   *
   * @throws org.docs4j.api.StoreException if the disk does not take it, or the store is closed
   */
  void sync();

  /**
   * Rolls an open write transaction back, waits until open snapshots are no longer in use or invalidates them with a
   * {@link org.docs4j.api.StoreException} on their next use, makes all commits durable and frees everything. Idempotent
   * (store150); afterwards the store refuses everything else (store151), and the folder can be opened again.
   *
   * <p>A write transaction of another thread is refused its next use; the call may wait until that thread uses or
   * closes it, or ends.
   *
   * @throws org.docs4j.api.StoreException if the disk does not take it, or that wait lasts too long; the store takes no
   *     more work then, and the call can be repeated
   */
  @Override
  void close();
}
