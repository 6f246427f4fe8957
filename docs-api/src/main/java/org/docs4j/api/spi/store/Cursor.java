package org.docs4j.api.spi.store;

/**
 * A position in a table of a transaction.
 *
 * <p>After a write in the same transaction a cursor continues from its key (store170): {@link #next} goes to the first
 * key above it and {@link #previous} to the last key below it, whether the key itself is still there or not.
 */
public interface Cursor extends AutoCloseable {
  /** Goes to the smallest key at or above the given one; returns whether there is one (store171). */
  boolean seekCeiling(byte[] key);

  /** Goes to the greatest key at or below the given one; returns whether there is one (store172). */
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

  /** Gives it up. Idempotent. */
  @Override
  void close();
}
