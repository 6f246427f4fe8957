package org.docs4j.store.lmdb;

import java.util.Arrays;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.GetOp;
import org.lmdbjava.LmdbException;
import org.lmdbjava.SeekOp;

/**
 * A cursor inside of one table. It keeps its key: after a write in the transaction LMDB's own position may be anything,
 * so that the next step seeks first.
 */
final class LmdbCursor implements Cursor {
  private static final int LAST_TABLE = 255;

  private final LmdbRead txn;
  private final int table;
  private final org.lmdbjava.Cursor<byte[]> cursor;
  private byte @Nullable [] at;
  private byte[] value = new byte[0];
  private long positioned;
  private boolean closed;

  LmdbCursor(LmdbRead txn, int table, org.lmdbjava.Cursor<byte[]> cursor) {
    this.txn = txn;
    this.table = table;
    this.cursor = cursor;
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    int max = txn.store.maxKeyBytes();
    byte[] from = LmdbRead.behind(table, key, Math.min(key.length, max));
    return move(() -> key.length > max ? above(from) : cursor.get(from, GetOp.MDB_SET_RANGE));
  }

  @Override
  public boolean seekFloor(byte[] key) {
    byte[] from = LmdbRead.behind(table, key, Math.min(key.length, txn.store.maxKeyBytes()));
    return move(() -> {
      if (!cursor.get(from, GetOp.MDB_SET_RANGE)) {
        return cursor.last();
      }
      return Arrays.equals(from, cursor.key()) || cursor.prev();
    });
  }

  @Override
  public boolean seekLast() {
    return move(() -> table == LAST_TABLE ? cursor.last() : below(new byte[] {(byte) (table + 1)}));
  }

  @Override
  public boolean next() {
    synchronized (txn) {
      byte[] from = here();
      return move(() -> positioned == txn.writes() ? cursor.next() : above(from));
    }
  }

  @Override
  public boolean previous() {
    synchronized (txn) {
      byte[] from = here();
      return move(() -> positioned == txn.writes() ? cursor.prev() : below(from));
    }
  }

  private boolean above(byte[] from) {
    boolean there = cursor.get(from, GetOp.MDB_SET_RANGE);
    return there && (!Arrays.equals(from, cursor.key()) || cursor.next());
  }

  private boolean below(byte[] from) {
    return cursor.get(from, GetOp.MDB_SET_RANGE) ? cursor.prev() : cursor.seek(SeekOp.MDB_LAST);
  }

  /** A movement of the native cursor, which tells whether it came to a key. */
  private interface Movement {
    boolean go();
  }

  private boolean move(Movement movement) {
    synchronized (txn) {
      requireUsable();
      at = null;
      try {
        if (movement.go() && (cursor.key()[0] & LAST_TABLE) == table) {
          at = cursor.key();
          value = cursor.val();
          positioned = txn.writes();
        }
        return at != null;
      } catch (LmdbException | IllegalArgumentException e) {
        throw LmdbErrors.translate("the cursor cannot be moved", e);
      }
    }
  }

  @Override
  public byte[] key() {
    synchronized (txn) {
      return LmdbRead.within(here());
    }
  }

  @Override
  public byte[] value() {
    synchronized (txn) {
      here();
      return value.clone();
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

  /** Frees the native cursor, called while the native transaction still lives. */
  void closeNative() {
    closed = true;
    cursor.close();
  }
}
