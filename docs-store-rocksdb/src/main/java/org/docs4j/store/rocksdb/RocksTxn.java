package org.docs4j.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What both kinds of transaction share. Every native call is made under the monitor of the transaction. */
abstract class RocksTxn implements ReadTxn {
  final RocksStore store;
  final ReadOptions options = new ReadOptions();
  private final List<RocksCursor> cursors = new ArrayList<>();
  private boolean ended;

  RocksTxn(RocksStore store) {
    this.store = store;
  }

  /** The value at a whole key, or null. */
  abstract byte @Nullable [] find(byte[] whole) throws RocksDBException;

  /** A native iterator over what the transaction sees. */
  abstract RocksIterator iterator();

  /** Frees what a kind of transaction has of its own, after its cursors and before its options. */
  abstract void release();

  /** How many writes the transaction has made: whoever keeps a native position goes by it. */
  long writes() {
    return 0;
  }

  @Override
  public final synchronized Optional<byte[]> get(Table table, byte[] key) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(find(behind(number, key)));
    } catch (RocksDBException e) {
      throw RocksErrors.translate("a value cannot be read", e);
    }
  }

  @Override
  public final synchronized Cursor cursor(Table table) {
    requireUsable();
    RocksCursor cursor = new RocksCursor(this, store.number(table), iterator());
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public final synchronized void close() {
    if (!ended) {
      ended = true;
      cursors.forEach(RocksCursor::closeNative);
      cursors.clear();
      release();
      options.close();
      store.ended(this);
    }
  }

  final void forget(RocksCursor cursor) {
    cursors.remove(cursor);
  }

  /** Refuses the call if the transaction or the store has ended. */
  final void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
  }

  /** The key as RocksDB has it: behind the number of its table. */
  static byte[] behind(int table, byte[] key) {
    byte[] whole = new byte[key.length + 1];
    whole[0] = (byte) table;
    System.arraycopy(key, 0, whole, 1, key.length);
    return whole;
  }
}
