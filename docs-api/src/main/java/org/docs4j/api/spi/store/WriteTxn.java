package org.docs4j.api.spi.store;

/**
 * The one write transaction: it sees its own writes, nobody else does until {@link #commit} (store131).
 *
 * <p>{@link #close} without commit rolls everything back (store132). A refused argument leaves the transaction as it
 * was (store113). After {@link #commit}, whether it succeeded or not, and after {@link #close}, everything but close
 * fails with a {@link org.docs4j.api.StoreException} (store134).
 */
public interface WriteTxn extends ReadTxn {
  /**
   * Sets the value at a key, whatever was there (store161).
   *
   * @throws IllegalArgumentException if the key is longer than {@link KeyValueStore#maxKeyBytes} or the value longer
   *     than {@link KeyValueStore#MAX_VALUE_BYTES} (store113)
   * @throws org.docs4j.api.StoreFullException if there is no room; the transaction can only be closed then
   */
  void put(Table table, byte[] key, byte[] value);

  /** Removes a key; returns whether it was there (store162). The key may have any length (store163). */
  boolean delete(Table table, byte[] key);

  /**
   * Makes all writes visible at once and ends the transaction; if it fails, nothing of them was applied, now or later,
   * and what was committed before is there (store133).
   *
   * @throws org.docs4j.api.StoreFullException if there is no room; nothing of the transaction was applied
   * @throws org.docs4j.api.StoreException if it failed otherwise: then nothing of the transaction was applied
   */
  void commit(Durability durability);
}
