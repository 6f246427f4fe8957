package org.example.maps;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** A sorted map for each table; a commit replaces all of them, so that a snapshot is what was there before. */
final class MapStore implements KeyValueStore {
  private static final int MAX_KEY_BYTES = 10_000;

  private Map<Integer, NavigableMap<byte[], byte[]>> committed = new TreeMap<>();
  private Optional<MapTxn> writer = Optional.empty();
  private boolean closed;

  MapStore(List<Table> tables) {
    tables.forEach(table -> committed.put(table.number(), new TreeMap<>(Arrays::compareUnsigned)));
  }

  @Override
  public int maxKeyBytes() {
    return MAX_KEY_BYTES;
  }

  @Override
  public synchronized ReadTxn read() {
    requireOpen();
    return new MapTxn(this, committed);
  }

  @Override
  public synchronized WriteTxn write() {
    requireOpen();
    if (writer.isPresent()) {
      throw new StoreException("another write transaction is open");
    }
    Map<Integer, NavigableMap<byte[], byte[]>> copy = new TreeMap<>();
    committed.forEach((number, map) -> copy.put(number, new TreeMap<>(map)));
    MapTxn opened = new MapTxn(this, copy);
    writer = Optional.of(opened);
    return opened;
  }

  @Override
  public synchronized void sync() {
    requireOpen();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
  }

  synchronized void publish(Map<Integer, NavigableMap<byte[], byte[]>> tables) {
    requireOpen();
    committed = tables;
  }

  synchronized void ended(MapTxn txn) {
    writer = writer.filter(open -> open != txn);
  }
}
