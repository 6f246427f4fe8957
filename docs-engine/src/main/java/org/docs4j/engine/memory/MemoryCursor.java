package org.docs4j.engine.memory;

import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;

/** A node of a tree; each step starts anew from the key, so that writes in between do not matter. */
final class MemoryCursor implements Cursor {
  private final MemoryRead txn;
  private final int table;
  private Tree at = Tree.EMPTY;
  private boolean closed;

  MemoryCursor(MemoryRead txn, int table) {
    this.txn = txn;
    this.table = table;
  }

  @Override
  public boolean seekCeiling(byte[] key) {
    return stand(root().ceiling(key));
  }

  @Override
  public boolean seekFloor(byte[] key) {
    return stand(root().floor(key));
  }

  @Override
  public boolean seekLast() {
    return stand(root().last());
  }

  @Override
  public boolean next() {
    return stand(root().higher(here().key()));
  }

  @Override
  public boolean previous() {
    return stand(root().lower(here().key()));
  }

  @Override
  public byte[] key() {
    return here().key().clone();
  }

  @Override
  public byte[] value() {
    return here().value().clone();
  }

  @Override
  public void close() {
    closed = true;
  }

  private boolean stand(Tree node) {
    at = node;
    return !node.isEmpty();
  }

  private Tree root() {
    requireUsable();
    return txn.root(table);
  }

  private Tree here() {
    requireUsable();
    if (at.isEmpty()) {
      throw new IllegalStateException("the cursor stands nowhere");
    }
    return at;
  }

  private void requireUsable() {
    txn.requireUsable();
    if (closed) {
      throw new StoreException("the cursor is closed");
    }
  }
}
