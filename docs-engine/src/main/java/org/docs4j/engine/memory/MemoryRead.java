package org.docs4j.engine.memory;

import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;

/** A snapshot: the roots of all tables at one moment. */
class MemoryRead implements ReadTxn {
  final MemoryStore store;
  final Tree[] roots;
  private boolean ended;

  MemoryRead(MemoryStore store, Tree[] roots) {
    this.store = store;
    this.roots = roots;
  }

  @Override
  public final Optional<byte[]> get(Table table, byte[] key) {
    requireUsable();
    Tree found = root(store.index(table)).find(key);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.value().clone());
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

  final Tree root(int index) {
    return roots[index];
  }

  final void requireUsable() {
    store.requireOpen();
    if (ended) {
      throw new StoreException("the transaction has ended");
    }
  }
}
