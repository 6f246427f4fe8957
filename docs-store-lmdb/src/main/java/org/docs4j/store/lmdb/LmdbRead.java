package org.docs4j.store.lmdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/** A snapshot. Every native call is made under the monitor of this object. */
class LmdbRead implements ReadTxn {
  final LmdbStore store;
  final Txn<byte[]> txn;
  private final List<LmdbCursor> cursors = new ArrayList<>();
  private boolean ended;

  LmdbRead(LmdbStore store, Txn<byte[]> txn) {
    this.store = store;
    this.txn = txn;
  }

  @Override
  public final synchronized Optional<byte[]> get(Table table, byte[] key) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(store.environment().dbi().get(txn, behind(number, key)));
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("a value cannot be read", e);
    }
  }

  @Override
  public final synchronized Cursor cursor(Table table) {
    requireUsable();
    int number = store.number(table);
    try {
      LmdbCursor cursor = new LmdbCursor(this, number, store.environment().dbi().openCursor(txn));
      cursors.add(cursor);
      return cursor;
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("no cursor can be opened", e);
    }
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      closeCursors();
      try {
        txn.close();
      } finally {
        markEnded();
      }
    }
  }

  /** Closes the native cursors, which must not outlive the native transaction. */
  final void closeCursors() {
    for (LmdbCursor cursor : cursors) {
      cursor.closeNative();
    }
    cursors.clear();
  }

  final void forget(LmdbCursor cursor) {
    cursors.remove(cursor);
  }

  final void markEnded() {
    ended = true;
    store.ended(this);
  }

  final boolean ended() {
    return ended;
  }

  /** How many writes the transaction has made: whoever keeps a native position goes by it. */
  long writes() {
    return 0;
  }

  /** Refuses the call if the transaction or the store has ended. */
  void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
  }

  /** The key as LMDB has it: behind the number of its table, and never empty. */
  static byte[] behind(int table, byte[] key) {
    return behind(table, key, key.length);
  }

  static byte[] behind(int table, byte[] key, int length) {
    byte[] whole = new byte[length + 1];
    whole[0] = (byte) table;
    System.arraycopy(key, 0, whole, 1, length);
    return whole;
  }

  static byte[] within(byte[] whole) {
    return Arrays.copyOfRange(whole, 1, whole.length);
  }
}
