package org.docs4j.engine.actor;

import java.util.Map;
import java.util.Optional;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.WriteTxn;
import org.docs4j.engine.DocsEngine;
import org.docs4j.engine.memory.MemoryStoreProvider;
import org.jspecify.annotations.Nullable;

/** A store in memory that outlives its nodes, as a disk does: what they had committed is there for the next one. */
public final class SurvivingStore implements KeyValueStore {
  private final KeyValueStore store;
  private @Nullable WriteTxn last;
  private boolean closed;

  private SurvivingStore(KeyValueStore store) {
    this.store = store;
  }

  /** A new one with the tables of a node. */
  public static SurvivingStore inMemory() {
    return new SurvivingStore(
        new MemoryStoreProvider().open(new StoreConfig(Optional.empty(), DocsEngine.tables(), Map.of())));
  }

  /** Undoes what the node has not committed, as its end by a kill does. */
  public void kill() {
    if (last != null) {
      last.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int maxKeyBytes() {
    return store.maxKeyBytes();
  }

  @Override
  public ReadTxn read() {
    return store.read();
  }

  @Override
  public WriteTxn write() {
    last = store.write();
    return last;
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    closed = true;
  }
}
