package org.docs4j.engine.replica;

import java.util.Optional;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** A store that takes shorter keys than the one it works on, and counts what is asked of it. */
class WatchedStore implements KeyValueStore {
  private final KeyValueStore store;
  private final int max;
  private long reads;
  private long writes;
  private long indexWrites;
  private int largestIndexRow;

  WatchedStore(KeyValueStore store, int max) {
    this.store = store;
    this.max = max;
  }

  /** How many rows were looked for or stepped to since the last call. */
  long takeReads() {
    long taken = reads;
    reads = 0;
    return taken;
  }

  /** How many rows were put or deleted since the last call. */
  long takeWrites() {
    long taken = writes;
    writes = 0;
    return taken;
  }

  /** How many rows of the range index were put or deleted since the last call. */
  long takeIndexWrites() {
    long taken = indexWrites;
    indexWrites = 0;
    return taken;
  }

  /** The longest row of the range index that was ever put. */
  int largestIndexRow() {
    return largestIndexRow;
  }

  @Override
  public int maxKeyBytes() {
    return max;
  }

  @Override
  public ReadTxn read() {
    return new Reading(store.read());
  }

  @Override
  public WriteTxn write() {
    return new Writing(store.write());
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }

  private class Reading implements ReadTxn {
    private final ReadTxn txn;

    Reading(ReadTxn txn) {
      this.txn = txn;
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
      reads++;
      return txn.get(table, key);
    }

    @Override
    public Cursor cursor(Table table) {
      return new Moving(txn.cursor(table));
    }

    @Override
    public void close() {
      txn.close();
    }
  }

  private void written(Table table) {
    writes++;
    indexWrites += table.equals(Tables.INDEX) ? 1 : 0;
  }

  private final class Writing extends Reading implements WriteTxn {
    private final WriteTxn txn;

    Writing(WriteTxn txn) {
      super(txn);
      this.txn = txn;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
      if (key.length > max) {
        throw new IllegalArgumentException("a key of " + key.length + " bytes");
      }
      written(table);
      if (table.equals(Tables.INDEX)) {
        largestIndexRow = Math.max(largestIndexRow, value.length);
      }
      txn.put(table, key, value);
    }

    @Override
    public boolean delete(Table table, byte[] key) {
      written(table);
      return txn.delete(table, key);
    }

    @Override
    public void commit(Durability durability) {
      txn.commit(durability);
    }
  }

  private final class Moving implements Cursor {
    private final Cursor cursor;

    Moving(Cursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean seekCeiling(byte[] key) {
      reads++;
      return cursor.seekCeiling(key);
    }

    @Override
    public boolean seekFloor(byte[] key) {
      reads++;
      return cursor.seekFloor(key);
    }

    @Override
    public boolean seekLast() {
      reads++;
      return cursor.seekLast();
    }

    @Override
    public boolean next() {
      reads++;
      return cursor.next();
    }

    @Override
    public boolean previous() {
      reads++;
      return cursor.previous();
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public byte[] value() {
      return cursor.value();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
