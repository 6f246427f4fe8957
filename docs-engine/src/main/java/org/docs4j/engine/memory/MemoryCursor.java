package org.docs4j.engine.memory;

import java.util.Optional;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree. A step goes to the neighbour in the leaf, as long as the transaction has written nothing since the
 * cursor came there; else it starts anew from the key.
 */
final class MemoryCursor implements Cursor {
  private final MemoryRead txn;
  private final int table;
  private Tree.@Nullable Place at;
  private byte[] key = new byte[0];
  private byte[] value = key;
  private long writes;
  private boolean closed;

  MemoryCursor(MemoryRead txn, int table) {
    this.txn = txn;
    this.table = table;
  }

  @Override
  public boolean seekCeiling(byte[] from) {
    return stand(Tree.above(root(), from, true));
  }

  @Override
  public boolean seekFloor(byte[] from) {
    return stand(Tree.below(root(), from, true));
  }

  @Override
  public boolean seekLast() {
    return stand(Tree.last(root()));
  }

  @Override
  public boolean next() {
    Tree.Place here = here();
    Optional<Tree.Place> near = writes == txn.writes() ? here.next() : Optional.empty();
    return stand(near.isPresent() ? near : Tree.above(root(), key, false));
  }

  @Override
  public boolean previous() {
    Tree.Place here = here();
    Optional<Tree.Place> near = writes == txn.writes() ? here.previous() : Optional.empty();
    return stand(near.isPresent() ? near : Tree.below(root(), key, false));
  }

  @Override
  public byte[] key() {
    here();
    return key.clone();
  }

  @Override
  public byte[] value() {
    here();
    return value.clone();
  }

  @Override
  public void close() {
    closed = true;
  }

  private boolean stand(Optional<Tree.Place> place) {
    if (place.isEmpty()) {
      at = null;
      return false;
    }
    at = place.get();
    key = place.get().key();
    value = place.get().value();
    writes = txn.writes();
    return true;
  }

  private Node root() {
    requireUsable();
    return txn.root(table);
  }

  private Tree.Place here() {
    requireUsable();
    Tree.Place here = at;
    if (here == null) {
      throw new IllegalStateException("the cursor stands nowhere");
    }
    return here;
  }

  private void requireUsable() {
    txn.requireUsable();
    if (closed) {
      throw new StoreException("the cursor is closed");
    }
  }
}
