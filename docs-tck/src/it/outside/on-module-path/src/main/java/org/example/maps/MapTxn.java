package org.example.maps;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** A transaction on maps: those of the last commit to read, or copies of them to write. */
final class MapTxn implements WriteTxn {
  private final MapStore store;
  private final Map<Integer, NavigableMap<byte[], byte[]>> maps;
  private boolean ended;

  MapTxn(MapStore store, Map<Integer, NavigableMap<byte[], byte[]>> maps) {
    this.store = store;
    this.maps = maps;
  }

  private NavigableMap<byte[], byte[]> map(Table table) {
    requireUsable();
    return Optional.ofNullable(maps.get(table.number()))
        .orElseThrow(() -> new IllegalArgumentException("the store was not opened with the table " + table.name()));
  }

  void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
  }

  @Override
  public Optional<byte[]> get(Table table, byte[] key) {
    return Optional.ofNullable(map(table).get(key)).map(byte[]::clone);
  }

  @Override
  public Cursor cursor(Table table) {
    return new MapCursor(this, map(table));
  }

  @Override
  public void put(Table table, byte[] key, byte[] value) {
    NavigableMap<byte[], byte[]> map = map(table);
    if (key.length > store.maxKeyBytes() || value.length > KeyValueStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("the key or the value is too long");
    }
    map.put(key.clone(), value.clone());
  }

  @Override
  public boolean delete(Table table, byte[] key) {
    return map(table).remove(key) != null;
  }

  @Override
  public void commit(Durability durability) {
    requireUsable();
    store.publish(maps);
    close();
  }

  @Override
  public void close() {
    ended = true;
    store.ended(this);
  }
}
