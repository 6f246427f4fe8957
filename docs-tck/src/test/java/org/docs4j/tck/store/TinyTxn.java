package org.docs4j.tck.store;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** A transaction of a tiny store, to read or to write. */
final class TinyTxn implements WriteTxn {
  private static final int LONG_VALUE = 65_535;

  private final TinyStore store;
  private final TinyTables tables;
  private final Thread owner = Thread.currentThread();
  private boolean ended;
  private boolean committed;

  TinyTxn(TinyStore store, TinyTables tables) {
    this.store = store;
    this.tables = tables;
  }

  boolean has(StoreFlaw flaw) {
    return store.has(flaw);
  }

  TinyTables tables() {
    return tables;
  }

  NavigableMap<byte[], byte[]> map(int number) {
    TinyTables seen = has(StoreFlaw.READS_THE_LATEST) || has(StoreFlaw.DOES_NOT_SEE_ITS_WRITES) ? store.latest() : tables;
    return seen.table(number);
  }

  /** The key that is looked for instead of the given one: the same, in a store without a flaw. */
  byte[] sought(byte[] key) {
    boolean cut = has(StoreFlaw.CUTS_LONG_KEYS) && key.length > store.maxKeyBytes();
    return cut ? Arrays.copyOf(key, store.maxKeyBytes()) : key;
  }

  @Override
  public Optional<byte[]> get(Table table, byte[] key) {
    if (!has(StoreFlaw.READS_AFTER_CLOSE) && !has(StoreFlaw.LEAVES_SNAPSHOTS_OPEN)) {
      requireUsable();
    }
    NavigableMap<byte[], byte[]> map = map(store.number(table));
    Optional<byte[]> value = Optional.ofNullable(map.get(sought(key)));
    if (has(StoreFlaw.FINDS_NEIGHBOURS)) {
      value = Optional.ofNullable(map.floorEntry(key)).map(Map.Entry::getValue);
    }
    if (has(StoreFlaw.LOSES_EMPTY_VALUES)) {
      value = value.filter(bytes -> bytes.length > 0);
    }
    return value.map(this::out);
  }

  @Override
  public Cursor cursor(Table table) {
    requireUsable();
    return new TinyCursor(this, store.number(table));
  }

  @Override
  public void put(Table table, byte[] key, byte[] value) {
    if (!has(StoreFlaw.WRITES_AFTER_COMMIT)) {
      requireUsable();
    }
    NavigableMap<byte[], byte[]> map = tables.table(store.number(table));
    if (key.length > store.maxKeyBytes() && !has(StoreFlaw.TAKES_LONG_KEYS)) {
      throw new IllegalArgumentException("the key is too long");
    }
    if (value.length > KeyValueStore.MAX_VALUE_BYTES && !has(StoreFlaw.TAKES_LONG_VALUES)) {
      throw new IllegalArgumentException("the value is too long");
    }
    if (key.length == 0 && has(StoreFlaw.REFUSES_EMPTY_KEYS)) {
      throw new IllegalArgumentException("the empty key is no key");
    }
    boolean dropped = (has(StoreFlaw.DROPS_LONG_VALUES) && value.length > LONG_VALUE)
        || (has(StoreFlaw.LOSES_A_KEY_NOW_AND_THEN) && store.unlucky())
        || (has(StoreFlaw.KEEPS_THE_FIRST_VALUE) && map.containsKey(key));
    boolean cut = has(StoreFlaw.CUTS_LONG_VALUES) && value.length > LONG_VALUE;
    if (!dropped) {
      map.put(in(key), cut ? Arrays.copyOf(value, LONG_VALUE) : in(value));
    }
  }

  @Override
  public boolean delete(Table table, byte[] key) {
    requireUsable();
    boolean there = tables.table(store.number(table)).remove(sought(key)) != null;
    return there || has(StoreFlaw.DELETES_WHAT_IS_NOT_THERE);
  }

  @Override
  public void commit(Durability durability) {
    requireUsable();
    try {
      store.publish(tables, durability);
    } finally {
      committed = true;
      close();
    }
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      if (has(StoreFlaw.KEEPS_ON_ROLLBACK) && !committed) {
        store.publish(tables, Durability.SYNC);
      }
      store.ended(this);
    }
  }

  byte[] in(byte[] bytes) {
    return has(StoreFlaw.KEEPS_ARRAYS) ? bytes : bytes.clone();
  }

  byte[] out(byte[] bytes) {
    return has(StoreFlaw.HANDS_OUT_ITS_ARRAYS) ? bytes : bytes.clone();
  }

  void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
    if (has(StoreFlaw.SNAPSHOTS_STAY_ON_THEIR_THREAD) && Thread.currentThread() != owner) {
      throw new StoreException("not the thread that opened it");
    }
  }
}
