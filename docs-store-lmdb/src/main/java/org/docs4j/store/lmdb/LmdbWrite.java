package org.docs4j.store.lmdb;

import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.lmdbjava.Env;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/** The write transaction; it stays on the thread that opened it. */
final class LmdbWrite extends LmdbRead implements WriteTxn {
  private final Thread owner = Thread.currentThread();
  private long writes;

  LmdbWrite(LmdbStore store, Txn<byte[]> txn) {
    super(store, txn);
  }

  @Override
  public synchronized void put(Table table, byte[] key, byte[] value) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes is too long");
    }
    if (value.length > KeyValueStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes is too long");
    }
    writes++;
    try {
      store.environment().dbi().put(txn, behind(number, key), value);
    } catch (LmdbException | IllegalArgumentException e) {
      throw failed("a value cannot be written", e);
    }
  }

  @Override
  public synchronized boolean delete(Table table, byte[] key) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      return false;
    }
    writes++;
    try {
      return store.environment().dbi().delete(txn, behind(number, key));
    } catch (LmdbException | IllegalArgumentException e) {
      throw failed("a key cannot be deleted", e);
    }
  }

  @Override
  public synchronized void commit(Durability durability) {
    requireUsable();
    closeCursors();
    try {
      txn.commit();
      store.committed();
    } catch (LmdbException | IllegalArgumentException e) {
      throw failed("the transaction cannot be committed", e);
    } finally {
      txn.close();
      markEnded();
    }
  }

  private StoreException failed(String what, RuntimeException e) {
    if (LmdbErrors.wroteShort(e) && !store.hasRoom()) {
      return new StoreFullException(what + ": the disk is full", e);
    }
    if (e instanceof Env.MapFullException) {
      // Not for a full disk, which a greater map does not help.
      store.becameFull();
    }
    return LmdbErrors.translate(what, e);
  }

  @Override
  public synchronized void close() {
    if (!ended() && !endable()) {
      throw wrongThread();
    }
    super.close();
  }

  /** Whether this thread may end it: its own, or any when that one is no more. */
  boolean endable() {
    return Thread.currentThread() == owner || !owner.isAlive();
  }

  @Override
  long writes() {
    return writes;
  }

  @Override
  void requireUsable() {
    if (!ended() && Thread.currentThread() != owner) {
      throw wrongThread();
    }
    if (!ended() && store.closing()) {
      close();
    }
    super.requireUsable();
  }

  private static StoreException wrongThread() {
    return new StoreException("the write transaction of an LMDB store stays on the thread that opened it");
  }
}
