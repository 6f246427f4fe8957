package org.docs4j.api.spi.store;

import java.util.Optional;

/**
 * A consistent view of the store.
 *
 * <p>Arrays that go in are copied or not kept; arrays that come out are the caller's (store116). A table that the store
 * was not opened with is refused with an {@link IllegalArgumentException} (store105).
 */
public interface ReadTxn extends AutoCloseable {
  /**
   * The value at a key (store160). The key may have any length; one above {@link KeyValueStore#maxKeyBytes} is never
   * there (store163).
   *
   * @throws org.docs4j.api.StoreException if the transaction or the store is closed (store123)
   */
  Optional<byte[]> get(Table table, byte[] key);

  /**
   * A cursor over a table, standing nowhere until it is sought; closed with the transaction at the latest.
   *
   * @throws org.docs4j.api.StoreException if the transaction or the store is closed (store123)
   */
  Cursor cursor(Table table);

  /** Gives the snapshot up. Idempotent, also after the end of the store. */
  @Override
  void close();
}
