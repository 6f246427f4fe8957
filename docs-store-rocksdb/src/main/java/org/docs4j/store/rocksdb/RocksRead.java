package org.docs4j.store.rocksdb;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/** A snapshot. */
final class RocksRead extends RocksTxn {
  private final RocksDB db;
  private final Snapshot snapshot;

  RocksRead(RocksStore store) {
    super(store);
    db = store.database().db();
    snapshot = db.getSnapshot();
    options.setSnapshot(snapshot);
  }

  @Override
  byte @Nullable [] find(byte[] whole) throws RocksDBException {
    return db.get(options, whole);
  }

  @Override
  RocksIterator iterator() {
    return db.newIterator(options);
  }

  @Override
  void release() {
    db.releaseSnapshot(snapshot);
    snapshot.close();
  }
}
