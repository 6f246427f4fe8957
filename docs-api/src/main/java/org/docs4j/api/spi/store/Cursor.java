package org.docs4j.api.spi.store;

/**
 * A position in a table of a transaction; it stands at a key, or nowhere.
 *
 * <p>It stands nowhere until it is sought, and after a seek or a step that found nothing (store176); a seek brings it
 * back. It never leaves its table (store177).
 *
 * <p>After a write in the same transaction a cursor continues from its key (store170): {@link #next} goes to the first
 * key above it and {@link #previous} to the last key below it, whether the key itself is still there or not. Each
 * method fails with a {@link org.docs4j.api.StoreException} when the cursor, its transaction or the store is closed
 * (store178).
 */
public interface Cursor extends AutoCloseable {
  /**
   * Goes to the smallest key at or above the given one; returns whether there is one (store171). The given key may have
   * any length (store163).
   */
  boolean seekCeiling(byte[] key);

  /**
   * Goes to the greatest key at or below the given one; returns whether there is one (store172). The given key may have
   * any length (store163).
   */
  boolean seekFloor(byte[] key);

  /** Goes to the greatest key of the table; returns whether there is one (store173). */
  boolean seekLast();

  /**
   * Goes to the next greater key (store174); returns whether there is one, otherwise the cursor stands nowhere.
   *
   * @throws IllegalStateException if the cursor stands nowhere
   */
  boolean next();

  /**
   * Goes to the next smaller key (store175); returns whether there is one, otherwise the cursor stands nowhere.
   *
   * @throws IllegalStateException if the cursor stands nowhere
   */
  boolean previous();

  /**
   * A fresh copy of the key it stands at.
   *
   * @throws IllegalStateException if the cursor stands nowhere
   */
  byte[] key();

  /**
   * A fresh copy of the value at its key; unspecified after that key was written in the same transaction since the
   * cursor came to it.
   *
   * @throws IllegalStateException if the cursor stands nowhere
   */
  byte[] value();

  /** Gives it up. Idempotent, also after the end of its transaction or store. */
  @Override
  void close();
}
