package org.example.xodus;

import java.util.Arrays;
import java.util.Optional;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;

/** A transaction of Xodus. Its monitor keeps the store from closing while it is in use. */
class XodusRead implements ReadTxn {
  private final XodusStore store;
  private final Transaction txn;
  private boolean ended;
  private long writes;

  XodusRead(XodusStore store, Transaction txn) {
    this.store = store;
    this.txn = txn;
  }

  @Override
  public final synchronized Optional<byte[]> get(Table table, byte[] key) {
    Transaction open = txn();
    Store rows = store.table(table);
    return XodusErrors.attempt("cannot read", () -> Optional.ofNullable(rows.get(open, in(key))).map(XodusRead::out));
  }

  @Override
  public final synchronized Cursor cursor(Table table) {
    txn();
    return new XodusCursor(this, store.table(table));
  }

  @Override
  public final synchronized void close() {
    if (!ended) {
      end();
      XodusErrors.run("a transaction cannot be closed", txn::abort);
    }
  }

  /** Marks it as over; nothing else can be done with it then. */
  final void end() {
    ended = true;
    store.ended(this);
  }

  /** The transaction of Xodus, as long as it can be used. */
  final Transaction txn() {
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
    return txn;
  }

  final XodusStore store() {
    return store;
  }

  /** How many writes there were: cursors look whether they are still where they were. */
  final long writes() {
    return writes;
  }

  final void written() {
    writes++;
  }

  /** Xodus keeps what it is given, and arrays belong to the caller: so it gets a copy. */
  static ByteIterable in(byte[] bytes) {
    return new ArrayByteIterable(bytes.clone());
  }

  static byte[] out(ByteIterable bytes) {
    return Arrays.copyOf(bytes.getBytesUnsafe(), bytes.getLength());
  }
}
