package org.docs4j.store.lmdb;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.docs4j.api.DocsInterruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.jspecify.annotations.Nullable;

/**
 * A store on LMDB.
 *
 * <p>A native call on something that was freed ends the process. So each transaction is used under its own monitor, and
 * the environment is closed only when no transaction is left. LMDB's writer lock belongs to the thread that took it: the
 * write transaction ends on its thread, or when that thread has ended.
 */
final class LmdbStore implements KeyValueStore {
  private static final int TABLES = 256;
  private static final long LEAST_ROOM = 64 << 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final FolderLock folder;
  private final LmdbEnvironment environment;
  private final int maxKeyBytes;
  private final boolean[] declared = new boolean[TABLES];

  /** Guards all below; taken after a transaction's monitor, never before. */
  private final ReentrantLock gate = new ReentrantLock();
  private final Condition ended = gate.newCondition();
  private final Set<LmdbRead> snapshots = new HashSet<>();
  private @Nullable LmdbWrite writer;
  private boolean closed;
  private volatile boolean closing;

  LmdbStore(FolderLock folder, LmdbEnvironment environment, List<Table> tables) {
    this.folder = folder;
    this.environment = environment;
    maxKeyBytes = environment.maxKeyBytes();
    tables.forEach(table -> declared[table.number()] = true);
  }

  @Override
  public int maxKeyBytes() {
    return maxKeyBytes;
  }

  @Override
  public ReadTxn read() {
    gate.lock();
    try {
      requireOpen();
      growIfIdle();
      LmdbRead snapshot = new LmdbRead(this, environment.read());
      snapshots.add(snapshot);
      return snapshot;
    } finally {
      gate.unlock();
    }
  }

  @Override
  public WriteTxn write() {
    gate.lock();
    try {
      requireOpen();
      if (environment.readOnly()) {
        throw new StoreReadOnlyException("the LMDB store was opened for reading only");
      }
      if (writer != null) {
        throw new StoreException("another write transaction is open");
      }
      growIfIdle();
      LmdbWrite opened = new LmdbWrite(this, environment.write());
      writer = opened;
      return opened;
    } finally {
      gate.unlock();
    }
  }

  private void growIfIdle() {
    if (writer == null && snapshots.isEmpty()) {
      environment.growIfNeeded();
    }
  }

  @Override
  public void sync() {
    gate.lock();
    try {
      requireOpen();
      environment.sync();
    } finally {
      gate.unlock();
    }
  }

  @Override
  public void close() {
    closing = true;
    for (LmdbRead snapshot : openSnapshots()) {
      snapshot.close();
    }
    gate.lock();
    try {
      awaitWriter();
      if (!closed) {
        closed = true;
        environment.close();
        folder.close();
      }
    } finally {
      gate.unlock();
    }
  }

  private List<LmdbRead> openSnapshots() {
    gate.lock();
    try {
      return new ArrayList<>(snapshots);
    } finally {
      gate.unlock();
    }
  }

  private void awaitWriter() {
    long patience = PATIENCE_NANOS;
    for (LmdbWrite open = writer; open != null; open = writer) {
      if (open.endable()) {
        open.close();
        continue;
      }
      if (patience <= 0) {
        throw new StoreException("the store cannot be closed while another thread keeps its write transaction open");
      }
      try {
        patience -= CHECK_NANOS - ended.awaitNanos(CHECK_NANOS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DocsInterruptedException("interrupted while waiting for a write transaction to end", e);
      }
    }
  }

  /** Called by a transaction that has ended. */
  void ended(LmdbRead txn) {
    gate.lock();
    try {
      if (txn == writer) {
        writer = null;
      }
      snapshots.remove(txn);
      ended.signalAll();
    } finally {
      gate.unlock();
    }
  }

  /** Called by the write transaction after its commit, before it has ended. */
  void committed() {
    gate.lock();
    try {
      environment.fillUp();
    } finally {
      gate.unlock();
    }
  }

  /** Called by the write transaction when the map was too small for it. */
  void becameFull() {
    gate.lock();
    try {
      environment.becameFull();
    } finally {
      gate.unlock();
    }
  }

  /** Whether the disk can take anything more: it cannot after a write that it took only part of. */
  boolean hasRoom() {
    try {
      return Files.getFileStore(folder.folder()).getUsableSpace() >= LEAST_ROOM;
    } catch (IOException e) {
      return true;
    }
  }

  LmdbEnvironment environment() {
    return environment;
  }

  boolean closing() {
    return closing;
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
