package org.docs4j.store.rocksdb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.jspecify.annotations.Nullable;

/**
 * A store on RocksDB.
 *
 * <p>A native call on something that was freed ends the process. So each transaction is used under its own monitor, and
 * the database is closed only when no transaction is left.
 */
final class RocksStore implements KeyValueStore {
  private static final int TABLES = 256;
  private static final int MAX_KEY_BYTES = 4 << 20;

  private final FolderLock folder;
  private final RocksDatabase database;
  private final boolean[] declared = new boolean[TABLES];

  /** Guards all below; taken after a transaction's monitor, never before. */
  private final ReentrantLock gate = new ReentrantLock();
  private final Set<RocksTxn> transactions = new HashSet<>();
  private @Nullable RocksWrite writer;
  private boolean closed;
  private volatile boolean closing;

  RocksStore(FolderLock folder, RocksDatabase database, List<Table> tables) {
    this.folder = folder;
    this.database = database;
    tables.forEach(table -> declared[table.number()] = true);
  }

  @Override
  public int maxKeyBytes() {
    return MAX_KEY_BYTES;
  }

  @Override
  public ReadTxn read() {
    gate.lock();
    try {
      requireOpen();
      RocksRead opened = new RocksRead(this);
      transactions.add(opened);
      return opened;
    } finally {
      gate.unlock();
    }
  }

  @Override
  public WriteTxn write() {
    gate.lock();
    try {
      requireOpen();
      if (database.readOnly()) {
        throw new StoreReadOnlyException("the RocksDB store was opened for reading only");
      }
      if (writer != null) {
        throw new StoreException("another write transaction is open");
      }
      RocksWrite opened = new RocksWrite(this);
      writer = opened;
      transactions.add(opened);
      return opened;
    } finally {
      gate.unlock();
    }
  }

  @Override
  public void sync() {
    gate.lock();
    try {
      requireOpen();
      database.sync();
    } finally {
      gate.unlock();
    }
  }

  @Override
  public void close() {
    closing = true;
    openTransactions().forEach(RocksTxn::close);
    gate.lock();
    try {
      if (!closed) {
        closed = true;
        try (folder) {
          database.close();
        }
      }
    } finally {
      gate.unlock();
    }
  }

  private List<RocksTxn> openTransactions() {
    gate.lock();
    try {
      return new ArrayList<>(transactions);
    } finally {
      gate.unlock();
    }
  }

  /** Called by a transaction that has ended. */
  void ended(RocksTxn txn) {
    gate.lock();
    try {
      if (txn == writer) {
        writer = null;
      }
      transactions.remove(txn);
    } finally {
      gate.unlock();
    }
  }

  RocksDatabase database() {
    return database;
  }

  void requireOpen() {
    if (closing) {
      throw new StoreException("the store is closed");
    }
  }

  int number(Table table) {
    if (!declared[table.number()]) {
      throw new IllegalArgumentException("the store was not opened with the table " + table.name());
    }
    return table.number();
  }
}
