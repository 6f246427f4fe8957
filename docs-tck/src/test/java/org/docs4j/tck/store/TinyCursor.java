package org.docs4j.tck.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;

/** A cursor of a tiny store: a row of the sorted map, each step by its key. */
final class TinyCursor implements Cursor {
  private final TinyTxn txn;
  private final int table;
  private final NavigableMap<byte[], byte[]> before;
  private Optional<Map.Entry<byte[], byte[]>> at = Optional.empty();
  private boolean closed;

  TinyCursor(TinyTxn txn, int table) {
    this.txn = txn;
    this.table = table;
    before = new TreeMap<>(txn.map(table));
  }

  private NavigableMap<byte[], byte[]> map() {
    requireUsable();
    return txn.has(StoreFlaw.CURSOR_SEES_WHAT_WAS) ? before : txn.map(table);
  }

  private boolean stand(Optional<Map.Entry<byte[], byte[]>> row) {
    if (row.isPresent() || !txn.has(StoreFlaw.CURSOR_STAYS_WHEN_LOST)) {
      at = row;
    }
    return row.isPresent();
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    byte[] from = txn.sought(key);
    return stand(Optional.ofNullable(
        txn.has(StoreFlaw.CEILING_ABOVE) ? map().higherEntry(from) : map().ceilingEntry(from)));
  }

  @Override
  public boolean seekFloor(byte[] key) {
    byte[] from = txn.sought(key);
    return stand(Optional.ofNullable(txn.has(StoreFlaw.FLOOR_BELOW) ? map().lowerEntry(from) : map().floorEntry(from)));
  }

  @Override
  public boolean seekLast() {
    NavigableMap<byte[], byte[]> map = map();
    boolean lost = txn.has(StoreFlaw.LAST_OF_ANOTHER_TABLE) && map.isEmpty();
    return stand(Optional.ofNullable(lost ? txn.map(0).lastEntry() : map.lastEntry()));
  }

  @Override
  public boolean next() {
    byte[] from = here().getKey();
    Optional<Map.Entry<byte[], byte[]>> row = Optional.ofNullable(map().higherEntry(from));
    if (row.isEmpty() && txn.has(StoreFlaw.NEXT_GOES_ROUND)) {
      row = Optional.ofNullable(map().firstEntry());
    }
    if (row.isEmpty() && txn.has(StoreFlaw.CURSOR_LEAVES_ITS_TABLE)) {
      row = txn.tables().all().entrySet().stream()
          .filter(other -> other.getKey() > table && !other.getValue().isEmpty())
          .findFirst()
          .map(other -> other.getValue().firstEntry());
    }
    return stand(row);
  }

  @Override
  public boolean previous() {
    Optional<Map.Entry<byte[], byte[]>> row = Optional.ofNullable(map().lowerEntry(here().getKey()));
    if (txn.has(StoreFlaw.PREVIOUS_GOES_TWO)) {
      row = row.flatMap(first -> Optional.ofNullable(map().lowerEntry(first.getKey())));
    }
    return stand(row);
  }

  @Override
  public byte[] key() {
    return txn.out(here().getKey());
  }

  @Override
  public byte[] value() {
    return txn.out(here().getValue());
  }

  private Map.Entry<byte[], byte[]> here() {
    requireUsable();
    return at.orElseThrow(() -> new IllegalStateException("the cursor stands nowhere"));
  }

  private void requireUsable() {
    txn.requireUsable();
    if (closed && !txn.has(StoreFlaw.CURSOR_OUTLIVES_ITS_CLOSE)) {
      throw new StoreException("the cursor is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
