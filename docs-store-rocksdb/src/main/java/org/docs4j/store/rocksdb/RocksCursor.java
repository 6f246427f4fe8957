package org.docs4j.store.rocksdb;

import java.util.Arrays;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A cursor inside of one table. It keeps its key: a write in the transaction makes the native position worthless, so that
 * the next step seeks first.
 */
final class RocksCursor implements Cursor {
  private static final int LAST_TABLE = 255;

  private final RocksTxn txn;
  private final int table;
  private final RocksIterator iterator;
  private byte @Nullable [] at;
  private long positioned;
  private boolean closed;

  RocksCursor(RocksTxn txn, int table, RocksIterator iterator) {
    this.txn = txn;
    this.table = table;
    this.iterator = iterator;
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    byte[] from = RocksTxn.behind(table, key);
    return move(() -> iterator.seek(from));
  }

  @Override
  public boolean seekFloor(byte[] key) {
    byte[] from = RocksTxn.behind(table, key);
    return move(() -> iterator.seekForPrev(from));
  }

  @Override
  public boolean seekLast() {
    return move(() -> {
      if (table == LAST_TABLE) {
        iterator.seekToLast();
      } else {
        below(new byte[] {(byte) (table + 1)});
      }
    });
  }

  @Override
  public boolean next() {
    synchronized (txn) {
      byte[] from = here();
      return move(() -> {
        if (positioned == txn.writes()) {
          iterator.next();
        } else {
          above(from);
        }
      });
    }
  }

  @Override
  public boolean previous() {
    synchronized (txn) {
      byte[] from = here();
      return move(() -> {
        if (positioned == txn.writes()) {
          iterator.prev();
        } else {
          below(from);
        }
      });
    }
  }

  private void above(byte[] from) {
    iterator.seek(from);
    if (iterator.isValid() && Arrays.equals(from, iterator.key())) {
      iterator.next();
    }
  }

  private void below(byte[] from) {
    iterator.seekForPrev(from);
    if (iterator.isValid() && Arrays.equals(from, iterator.key())) {
      iterator.prev();
    }
  }

  private boolean move(Runnable movement) {
    synchronized (txn) {
      requireUsable();
      at = null;
      movement.run();
      if (iterator.isValid()) {
        byte[] key = iterator.key();
        if ((key[0] & LAST_TABLE) == table) {
          at = key;
          positioned = txn.writes();
        }
      } else {
        requireNoFailure();
      }
      return at != null;
    }
  }

  private void requireNoFailure() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksErrors.translate("the cursor cannot be moved", e);
    }
  }

  @Override
  public byte[] key() {
    synchronized (txn) {
      byte[] whole = here();
      return Arrays.copyOfRange(whole, 1, whole.length);
    }
  }

  @Override
  public byte[] value() {
    synchronized (txn) {
      byte[] whole = here();
      if (positioned != txn.writes()) {
        iterator.seek(whole);
        if (!iterator.isValid() || !Arrays.equals(whole, iterator.key())) {
          requireNoFailure();
          return new byte[0];
        }
        positioned = txn.writes();
      }
      return iterator.value();
    }
  }

  private byte[] here() {
    requireUsable();
    byte[] key = at;
    if (key == null) {
      throw new IllegalStateException("the cursor stands nowhere");
    }
    return key;
  }

  private void requireUsable() {
    txn.requireUsable();
    if (closed) {
      throw new StoreException("the cursor is closed");
    }
  }

  @Override
  public void close() {
    synchronized (txn) {
      if (!closed) {
        closeNative();
        txn.forget(this);
      }
    }
  }

  /** Frees the native iterator, called while its transaction still lives. */
  void closeNative() {
    closed = true;
    iterator.close();
  }
}
