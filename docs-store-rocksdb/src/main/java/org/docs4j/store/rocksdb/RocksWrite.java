package org.docs4j.store.rocksdb;

import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchWithIndex;

/** The write transaction: a batch with an index laid over the database, written as one at the commit. */
final class RocksWrite extends RocksTxn implements WriteTxn {
  private final WriteBatchWithIndex batch = new WriteBatchWithIndex(true);
  private long writes;

  RocksWrite(RocksStore store) {
    super(store);
  }

  @Override
  byte @Nullable [] find(byte[] whole) throws RocksDBException {
    return batch.getFromBatchAndDB(store.database().db(), options, whole);
  }

  @Override
  RocksIterator iterator() {
    return batch.newIteratorWithBase(store.database().db().newIterator(options), options);
  }

  @Override
  long writes() {
    return writes;
  }

  @Override
  public synchronized void put(Table table, byte[] key, byte[] value) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes is too long");
    }
    if (value.length > KeyValueStore.MAX_VALUE_BYTES) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes is too long");
    }
    writes++;
    try {
      batch.put(behind(number, key), value);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("a value cannot be written", e);
    }
  }

  @Override
  public synchronized boolean delete(Table table, byte[] key) {
    requireUsable();
    int number = store.number(table);
    if (key.length > store.maxKeyBytes()) {
      return false;
    }
    byte[] whole = behind(number, key);
    try {
      if (find(whole) == null) {
        return false;
      }
      writes++;
      batch.delete(whole);
      return true;
    } catch (RocksDBException e) {
      throw RocksErrors.translate("a key cannot be deleted", e);
    }
  }

  @Override
  public synchronized void commit(Durability durability) {
    requireUsable();
    try {
      store.database().write(batch, durability);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("the transaction cannot be committed", e);
    } finally {
      close();
    }
  }

  @Override
  void release() {
    batch.close();
  }
}
