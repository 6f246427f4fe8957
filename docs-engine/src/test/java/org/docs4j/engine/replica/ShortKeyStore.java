package org.docs4j.engine.replica;

import java.util.Optional;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** A store that takes shorter keys than the one it works on. */
class ShortKeyStore implements KeyValueStore {
  private final KeyValueStore store;
  private final int max;

  ShortKeyStore(KeyValueStore store, int max) {
    this.store = store;
    this.max = max;
  }

  @Override
  public int maxKeyBytes() {
    return max;
  }

  @Override
  public ReadTxn read() {
    return store.read();
  }

  @Override
  public WriteTxn write() {
    return new ShortKeyTxn(store.write());
  }

  @Override
  public void sync() {
    store.sync();
  }

  @Override
  public void close() {
    store.close();
  }

  private final class ShortKeyTxn implements WriteTxn {
    private final WriteTxn txn;

    ShortKeyTxn(WriteTxn txn) {
      this.txn = txn;
    }

    @Override
    public void put(Table table, byte[] key, byte[] value) {
      if (key.length > max) {
        throw new IllegalArgumentException("a key of " + key.length + " bytes");
      }
      txn.put(table, key, value);
    }

    @Override
    public boolean delete(Table table, byte[] key) {
      return txn.delete(table, key);
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
      return txn.get(table, key);
    }

    @Override
    public Cursor cursor(Table table) {
      return txn.cursor(table);
    }

    @Override
    public void commit(Durability durability) {
      txn.commit(durability);
    }

    @Override
    public void close() {
      txn.close();
    }
  }
}
