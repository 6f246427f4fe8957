package org.docs4j.api.spi.store;

/**
 * The one write transaction: it sees its own writes, nobody else does until {@link #commit} (store131).
 *
 * <p>{@link #close} without commit rolls everything back (store132).
 */
public interface WriteTxn extends ReadTxn {
  /**
   * Sets the value at a key, whatever was there (store161).
   *
   * @throws IllegalArgumentException if the key is longer than {@link KeyValueStore#maxKeyBytes}
   * @throws org.docs4j.api.StoreFullException if there is no room; the transaction can only be closed then
   */
  void put(Table table, byte[] key, byte[] value);

  /** Removes a key; returns whether it was there (store162). */
  boolean delete(Table table, byte[] key);

  /**
   * Makes all writes visible at once and ends the transaction (store133).
   *
   * @throws org.docs4j.api.StoreException if that failed: then nothing of the transaction was applied
   */
  void commit(Durability durability);
}
