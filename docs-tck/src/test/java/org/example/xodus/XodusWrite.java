package org.example.xodus;

import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** An exclusive transaction of Xodus: its commit never fails for another one's sake. */
final class XodusWrite extends XodusRead implements WriteTxn {
  XodusWrite(XodusStore store, Transaction txn) {
    super(store, txn);
  }

  @Override
  public synchronized void put(Table table, byte[] key, byte[] value) {
    Transaction open = txn();
    Store rows = store().table(table);
    if (key.length > store().maxKeyBytes()) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes is too long");
    }
    if (value.length > KeyValueStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes is too long");
    }
    written();
    XodusErrors.attempt("cannot write", () -> rows.put(open, in(key), in(value)));
  }

  @Override
  public synchronized boolean delete(Table table, byte[] key) {
    Transaction open = txn();
    Store rows = store().table(table);
    written();
    return XodusErrors.attempt("cannot delete", () -> rows.delete(open, in(key)));
  }

  @Override
  public synchronized void commit(Durability durability) {
    Transaction open = txn();
    boolean committed = false;
    try {
      committed = XodusErrors.attempt("cannot commit", open::commit);
    } finally {
      if (committed) {
        end();
      } else {
        close();
      }
    }
    if (!committed) {
      throw new StoreException("cannot commit: another transaction came first");
    }
    if (durability == Durability.SYNC) {
      store().flush();
    }
  }
}
