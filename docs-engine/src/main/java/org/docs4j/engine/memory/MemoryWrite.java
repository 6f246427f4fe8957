package org.docs4j.engine.memory;

import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** The write transaction: an array of roots of its own, which a commit puts in the place of the store's. */
final class MemoryWrite extends MemoryRead implements WriteTxn {
  private final Object owner = new Object();
  private long writes;

  MemoryWrite(MemoryStore store, Node[] roots) {
    super(store, roots);
  }

  @Override
  public void put(Table table, byte[] key, byte[] value) {
    requireUsable();
    int index = store.index(table);
    if (key.length > store.maxKeyBytes()) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes is too long");
    }
    if (value.length > KeyValueStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes is too long");
    }
    roots[index] = Tree.with(roots[index], key.clone(), value.clone(), owner);
    writes++;
  }

  @Override
  public boolean delete(Table table, byte[] key) {
    requireUsable();
    int index = store.index(table);
    if (Tree.find(roots[index], key).isEmpty()) {
      return false;
    }
    roots[index] = Tree.without(roots[index], key, owner);
    writes++;
    return true;
  }

  @Override
  long writes() {
    return writes;
  }

  @Override
  public void commit(Durability durability) {
    requireUsable();
    try {
      store.publish(roots);
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (!ended()) {
      super.close();
      store.endWrite();
    }
  }
}
