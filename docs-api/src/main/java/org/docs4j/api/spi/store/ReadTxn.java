package org.docs4j.api.spi.store;

import java.util.Optional;

/** A consistent view of the store. Arrays that go in are copied or not kept; arrays that come out are the caller's. */
public interface ReadTxn extends AutoCloseable {
  /**
   * The value at a key (store160).
   *
   * @throws org.docs4j.api.StoreException if the transaction is closed
   */
  Optional<byte[]> get(Table table, byte[] key);

  /**
   * A cursor over a table, standing nowhere until it is sought; closed with the transaction at the latest.
   *
   * @throws org.docs4j.api.StoreException if the transaction is closed
   */
  Cursor cursor(Table table);

  /** Gives the snapshot up. Idempotent. */
  @Override
  void close();
}
