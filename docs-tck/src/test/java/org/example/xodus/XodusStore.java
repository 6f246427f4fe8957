package org.example.xodus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/**
 * A store on a Xodus environment: a Xodus store for each table.
 *
 * <p>Each transaction is used under its own monitor, the list of open ones under the store's; who needs both takes the
 * transaction's first.
 */
final class XodusStore implements KeyValueStore {
  /** Xodus has no limit of its own that a caller would meet. */
  private static final int MAX_KEY_BYTES = 1024;

  private final XodusFolder folder;
  private final FolderLock lock;
  private final EnvironmentImpl environment;
  private final Map<Integer, Store> tables = new HashMap<>();
  private final Set<XodusRead> open = new HashSet<>();
  private Optional<XodusWrite> writer = Optional.empty();
  private boolean closing;
  private boolean closed;

  private XodusStore(EnvironmentImpl environment, XodusFolder folder, FolderLock lock) {
    this.environment = environment;
    this.folder = folder;
    this.lock = lock;
  }

  static XodusStore open(XodusFolder folder, XodusOptions options, List<Table> tables, FolderLock lock) {
    EnvironmentImpl environment = XodusErrors.attempt(
        "the store cannot be opened",
        () -> (EnvironmentImpl) Environments.newInstance(folder.path().toFile(), options.config()));
    XodusStore store = new XodusStore(environment, folder, lock);
    boolean opened = false;
    try {
      tables.forEach(store::openTable);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        environment.close();
      }
    }
  }

  private void openTable(Table table) {
    String name = "table" + table.number();
    tables.put(table.number(), XodusErrors.attempt("the table " + table.name() + " cannot be opened",
        () -> environment.computeInTransaction(txn -> environment.openStore(
            name, jetbrains.exodus.env.StoreConfig.WITHOUT_DUPLICATES, txn))));
  }

  @Override
  public int maxKeyBytes() {
    return MAX_KEY_BYTES;
  }

  @Override
  public synchronized ReadTxn read() {
    requireOpen();
    XodusRead snapshot = new XodusRead(
        this, XodusErrors.attempt("no snapshot can be opened", environment::beginReadonlyTransaction));
    open.add(snapshot);
    return snapshot;
  }

  @Override
  public synchronized WriteTxn write() {
    requireOpen();
    if (writer.isPresent()) {
      throw new StoreException("another write transaction is open");
    }
    XodusWrite opened = new XodusWrite(
        this, XodusErrors.attempt("no write transaction can be opened", environment::beginExclusiveTransaction));
    writer = Optional.of(opened);
    open.add(opened);
    return opened;
  }

  @Override
  public synchronized void sync() {
    requireOpen();
    flush();
  }

  @Override
  public void close() {
    for (XodusRead txn : refuseMore()) {
      txn.close();
    }
    synchronized (this) {
      if (!closed) {
        XodusErrors.run("the store cannot be closed", environment::close);
        folder.closed();
        lock.close();
        closed = true;
      }
    }
  }

  private synchronized List<XodusRead> refuseMore() {
    closing = true;
    return new ArrayList<>(open);
  }

  private synchronized void requireOpen() {
    if (closing) {
      throw new StoreException("the store is closed");
    }
  }

  /** Makes durable what is committed. */
  void flush() {
    XodusErrors.run("the disk does not take it", environment::flushAndSync);
  }

  /** Called by a transaction that has ended. */
  synchronized void ended(XodusRead txn) {
    open.remove(txn);
    writer = writer.filter(other -> other != txn);
  }

  Store table(Table table) {
    return Optional.ofNullable(tables.get(table.number())).orElseThrow(
        () -> new IllegalArgumentException("the store was not opened with the table " + table.name()));
  }
}
