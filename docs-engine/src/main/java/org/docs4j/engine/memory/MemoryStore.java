package org.docs4j.engine.memory;

import java.util.Arrays;
import java.util.List;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * A store in memory. A snapshot is the array of tree roots of the last commit, so opening one costs nothing and keeps
 * only what was replaced since.
 */
final class MemoryStore implements KeyValueStore {
  private static final int TABLES = 256;
  private static final int MAX_KEY_BYTES = 4 << 20;

  private final boolean[] declared = new boolean[TABLES];
  private volatile Node[] committed = new Node[TABLES];
  private volatile boolean closed;
  private boolean writing;

  MemoryStore(List<Table> tables) {
    Arrays.fill(committed, Leaf.EMPTY);
    tables.forEach(table -> declared[table.number()] = true);
  }

  @Override
  public int maxKeyBytes() {
    return MAX_KEY_BYTES;
  }

  @Override
  public ReadTxn read() {
    Node[] roots = committed;
    requireOpen();
    return new MemoryRead(this, roots);
  }

  @Override
  public synchronized WriteTxn write() {
    requireOpen();
    if (writing) {
      throw new StoreException("another write transaction is open");
    }
    writing = true;
    return new MemoryWrite(this, committed.clone());
  }

  @Override
  public void sync() {
    requireOpen();
  }

  @Override
  public synchronized void close() {
    closed = true;
    committed = new Node[0];
  }

  /** Makes the trees of the write transaction the current ones. */
  synchronized void publish(Node[] roots) {
    requireOpen();
    committed = roots;
  }

  synchronized void endWrite() {
    writing = false;
  }

  void requireOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
  }

  int index(Table table) {
    if (!declared[table.number()]) {
      throw new IllegalArgumentException("the store was not opened with the table " + table.name());
    }
    return table.number();
  }
}
