package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** What a store may do wrong that nobody sees until its process is killed. */
enum CrashFlaw {
  /** It does nothing wrong. */
  NONE,
  /** Every other commit answers, and is only made together with the next one. */
  ANSWERS_EARLY,
  /** The second half of a commit is only made together with the first half of the next one. */
  COMMITS_IN_PARTS;

  KeyValueStore on(KeyValueStore store) {
    return this == NONE ? store : new Flawed(store);
  }

  private final class Flawed implements KeyValueStore {
    private final KeyValueStore store;

    /** What was answered and not committed. */
    private final List<Consumer<WriteTxn>> early = new ArrayList<>();

    private boolean odd;

    Flawed(KeyValueStore store) {
      this.store = store;
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
      WriteTxn txn = store.write();
      early.forEach(write -> write.accept(txn));
      return new Writing(txn);
    }

    private void commit(List<Consumer<WriteTxn>> writes, Durability durability) {
      odd = !odd;
      int made = CrashFlaw.this == COMMITS_IN_PARTS ? writes.size() / 2 : odd ? 0 : writes.size();
      early.addAll(writes.subList(0, made));
      if (made > 0) {
        make(durability);
      }
      early.addAll(writes.subList(made, writes.size()));
    }

    private void make(Durability durability) {
      try (WriteTxn txn = store.write()) {
        early.forEach(write -> write.accept(txn));
        txn.commit(durability);
      }
      early.clear();
    }

    @Override
    public void sync() {
      store.sync();
    }

    @Override
    public void close() {
      make(Durability.SYNC);
      store.close();
    }

    /** Sees its own writes in a transaction that is never committed. */
    private final class Writing implements WriteTxn {
      private final WriteTxn scratch;
      private final List<Consumer<WriteTxn>> writes = new ArrayList<>();

      Writing(WriteTxn scratch) {
        this.scratch = scratch;
      }

      @Override
      public Optional<byte[]> get(Table table, byte[] key) {
        return scratch.get(table, key);
      }

      @Override
      public Cursor cursor(Table table) {
        return scratch.cursor(table);
      }

      @Override
      public void put(Table table, byte[] key, byte[] value) {
        scratch.put(table, key, value);
        writes.add(txn -> txn.put(table, key, value));
      }

      @Override
      public boolean delete(Table table, byte[] key) {
        writes.add(txn -> txn.delete(table, key));
        return scratch.delete(table, key);
      }

      @Override
      public void commit(Durability durability) {
        scratch.close();
        Flawed.this.commit(writes, durability);
      }

      @Override
      public void close() {
        scratch.close();
      }
    }
  }
}
