package org.example.maps;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;

/** A row of a sorted map; each step is by its key, so that writes in between do not matter. */
final class MapCursor implements Cursor {
  private final MapTxn txn;
  private final NavigableMap<byte[], byte[]> map;
  private Optional<Map.Entry<byte[], byte[]>> at = Optional.empty();
  private boolean closed;

  MapCursor(MapTxn txn, NavigableMap<byte[], byte[]> map) {
    this.txn = txn;
    this.map = map;
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    return stand(rows().ceilingEntry(key));
  }

  @Override
  public boolean seekFloor(byte[] key) {
    return stand(rows().floorEntry(key));
  }

  @Override
  public boolean seekLast() {
    return stand(rows().lastEntry());
  }

  @Override
  public boolean next() {
    return stand(rows().higherEntry(here().getKey()));
  }

  @Override
  public boolean previous() {
    return stand(rows().lowerEntry(here().getKey()));
  }

  @Override
  public byte[] key() {
    return here().getKey().clone();
  }

  @Override
  public byte[] value() {
    return here().getValue().clone();
  }

  @Override
  public void close() {
    closed = true;
  }

  private boolean stand(Map.Entry<byte[], byte[]> row) {
    at = Optional.ofNullable(row);
    return at.isPresent();
  }

  private Map.Entry<byte[], byte[]> here() {
    rows();
    return at.orElseThrow(() -> new IllegalStateException("the cursor stands nowhere"));
  }

  private NavigableMap<byte[], byte[]> rows() {
    txn.requireUsable();
    if (closed) {
      throw new StoreException("the cursor is closed");
    }
    return map;
  }
}
