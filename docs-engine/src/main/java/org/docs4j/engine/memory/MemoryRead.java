package org.docs4j.engine.memory;

import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;

/** A snapshot: the roots of all tables at one moment. */
class MemoryRead implements ReadTxn {
  final MemoryStore store;
  final Node[] roots;
  private boolean ended;

  MemoryRead(MemoryStore store, Node[] roots) {
    this.store = store;
    this.roots = roots;
  }

  @Override
  public final Optional<byte[]> get(Table table, byte[] key) {
    requireUsable();
    return Tree.find(root(store.index(table)), key).map(place -> place.value().clone());
  }

  @Override
  public final Cursor cursor(Table table) {
    requireUsable();
    return new MemoryCursor(this, store.index(table));
  }

  @Override
  public void close() {
    ended = true;
  }

  final boolean ended() {
    return ended;
  }

  final Node root(int index) {
    return roots[index];
  }

  /** How many writes the transaction has made: whoever keeps a place in a tree goes by it. */
  long writes() {
    return 0;
  }

  final void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
  }
}
