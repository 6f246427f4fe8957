package org.docs4j.tck.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** The simplest store that keeps all rules, unless it is given a flaw: sorted maps, copied for each write transaction. */
final class TinyStore implements KeyValueStore {
  private static final int MAX_KEY = 600;
  private static final int SHORT_MAX_KEY = 255;
  private static final int MANY = 126;
  private static final int UNLUCKY = 97;
  private static final long READER_NANOS = 20_000_000;

  private final List<Table> declared;
  private final Runnable unlock;
  private final Set<StoreFlaw> flaws;
  private final TinyFile file;
  private final Set<TinyTxn> snapshots = new HashSet<>();
  private final Set<Thread> writers = new HashSet<>();
  private TinyTables committed;
  private Optional<TinyTxn> writer = Optional.empty();
  private boolean closed;
  private int puts;
  private int reads;

  TinyStore(StoreConfig config, Runnable unlock, Set<StoreFlaw> flaws) {
    this.declared = config.tables();
    this.unlock = unlock;
    this.flaws = flaws;
    file = new TinyFile(config.folder().orElseThrow(), flaws);
    committed = new TinyTables(order());
    if (!has(StoreFlaw.FORGETS_ON_REOPEN)) {
      file.read(committed);
    }
    if (has(StoreFlaw.DROPS_UNDECLARED_TABLES)) {
      committed.all().keySet().removeIf(number -> declared.stream().noneMatch(table -> table.number() == number));
    }
  }

  private Comparator<byte[]> order() {
    if (has(StoreFlaw.SIGNED_ORDER)) {
      return Arrays::compare;
    }
    Comparator<byte[]> unsigned = Arrays::compareUnsigned;
    return has(StoreFlaw.LONGER_KEYS_FIRST)
        ? Comparator.comparing((byte[] key) -> -key.length).thenComparing(unsigned) : unsigned;
  }

  boolean has(StoreFlaw flaw) {
    return flaws.contains(flaw);
  }

  @Override
  public int maxKeyBytes() {
    return has(StoreFlaw.SHORT_KEYS) ? SHORT_MAX_KEY : MAX_KEY;
  }

  @Override
  public synchronized ReadTxn read() {
    if (!has(StoreFlaw.OPENS_AFTER_CLOSE)) {
      requireOpen();
    }
    if (has(StoreFlaw.FEW_SNAPSHOTS) && snapshots.size() >= MANY) {
      throw new StoreException("too many snapshots");
    }
    reads++;
    notifyAll();
    TinyTxn snapshot = new TinyTxn(this, committed);
    snapshots.add(snapshot);
    return snapshot;
  }

  @Override
  public synchronized WriteTxn write() {
    requireOpen();
    if (writer.isPresent() && !has(StoreFlaw.TWO_WRITERS)) {
      throw new StoreException("another write transaction is open");
    }
    writers.add(Thread.currentThread());
    if (has(StoreFlaw.ONE_WRITER_THREAD) && writers.size() > 1) {
      throw new StoreException("only one thread may write");
    }
    TinyTxn opened = new TinyTxn(this, has(StoreFlaw.DIRTY_READS) ? committed : committed.copy());
    writer = Optional.of(opened);
    return opened;
  }

  synchronized boolean unlucky() {
    return ++puts % UNLUCKY == 0;
  }

  synchronized TinyTables latest() {
    return committed;
  }

  /** Makes tables the current ones, and writes them. */
  synchronized void publish(TinyTables tables, Durability durability) {
    if (!has(StoreFlaw.LOSES_ON_KILL)) {
      file.write(tables);
    }
    if (has(StoreFlaw.COMMITS_PIECEMEAL)) {
      committed = committed.withTheFirstOf(tables);
      awaitReader();
    }
    if (durability == Durability.SYNC || !has(StoreFlaw.LATE_COMMIT)) {
      committed = tables;
    }
  }

  private void awaitReader() {
    int before = reads;
    long patience = READER_NANOS;
    long start = System.nanoTime();
    try {
      while (reads == before && System.nanoTime() - start < patience) {
        TimeUnit.NANOSECONDS.timedWait(this, patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void ended(TinyTxn txn) {
    snapshots.remove(txn);
    writer = writer.filter(open -> open != txn);
  }

  @Override
  public synchronized void sync() {
    requireOpen();
    if (has(StoreFlaw.NO_SYNC_WHILE_WRITING) && writer.isPresent()) {
      throw new StoreException("busy");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      if (has(StoreFlaw.COMMITS_ON_CLOSE)) {
        writer.ifPresent(open -> file.write(open.tables()));
      }
      if (has(StoreFlaw.LOSES_ON_KILL)) {
        file.write(committed);
      }
      closed = true;
      unlock.run();
    }
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
  }

  int number(Table table) {
    if (declared.stream().noneMatch(other -> other.number() == table.number()) && !has(StoreFlaw.TAKES_ANY_TABLE)) {
      throw new IllegalArgumentException("unknown table " + table.name());
    }
    if (has(StoreFlaw.NAMES_ITS_TABLES)) {
      return table.name().hashCode() & 0xff;
    }
    return has(StoreFlaw.ONE_TABLE_FOR_ALL) ? 0 : table.number();
  }
}
