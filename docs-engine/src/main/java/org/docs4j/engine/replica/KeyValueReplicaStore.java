package org.docs4j.engine.replica;

import java.util.List;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;

/** The replicas of a node in any store that has the key-value seam. */
public final class KeyValueReplicaStore implements ReplicaStore {
  private final KeyValueStore store;
  private final LongKeys layout;
  private final Remembered remembered = new Remembered();

  private KeyValueReplicaStore(KeyValueStore store, LongKeys layout) {
    this.store = store;
    this.layout = layout;
  }

  /** The tables with which the key-value store has to be opened. */
  public static List<Table> tables() {
    return Tables.ALL;
  }

  /**
   * Takes over a key-value store; an empty one is prepared. If that fails the store stays open, the caller's to close.
   *
   * @throws org.docs4j.api.StoreVersionException if a newer release wrote it
   * @throws org.docs4j.api.StoreCorruptedException if it holds something else
   * @throws org.docs4j.api.StoreException if it cannot be read
   */
  public static KeyValueReplicaStore open(KeyValueStore store) {
    return new KeyValueReplicaStore(store, Format.open(store));
  }

  @Override
  public ReplicaReader read() {
    return new KeyValueReader(store.read(), layout, remembered.changes());
  }

  @Override
  public ReplicaWriter write() {
    return new KeyValueWriter(store.write(), layout, remembered);
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }
}
