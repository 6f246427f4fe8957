package org.docs4j.store.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreVersionException;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * An open LMDB environment with the one database that holds all tables, each key behind the number of its table.
 *
 * <p>Every commit is synced: LMDB has no choice per transaction, and its way without can lose what was durable. Snapshots
 * are not tied to threads (MDB_NOTLS). The store calls this one thread at a time.
 */
final class LmdbEnvironment {
  private static final String FORMAT_PREFIX = "docs4j-";
  private static final byte[] FORMAT = (FORMAT_PREFIX + 1).getBytes(StandardCharsets.US_ASCII);
  private static final int OWNER_ONLY = 0600;
  private static final int GROW_AT_PERCENT = 75;

  private final Path folder;
  private final RandomAccessFile data;
  private final LmdbOptions options;
  private final int pageSize;
  private Env<byte[]> env;
  private Dbi<byte[]> dbi;
  private boolean full;
  private boolean greatest;

  private LmdbEnvironment(
      Env<byte[]> env, Dbi<byte[]> dbi, Path folder, RandomAccessFile data, LmdbOptions options) {
    this.env = env;
    this.dbi = dbi;
    this.folder = folder;
    this.data = data;
    this.options = options;
    pageSize = env.stat().pageSize;
  }

  /** Opens the environment in a folder that was found fit. */
  static LmdbEnvironment open(Path folder, LmdbOptions options) {
    Env<byte[]> env = LmdbLibrary.withItsClassLoader(() -> map(folder, options, options.mapSize()));
    boolean opened = false;
    try {
      Dbi<byte[]> dbi = database(env, folder);
      Path file = folder.resolve(LmdbFile.DATA);
      RandomAccessFile data = new RandomAccessFile(file.toFile(), options.readOnly() ? "r" : "rw");
      opened = true;
      return new LmdbEnvironment(env, dbi, folder, data, options);
    } catch (LmdbException e) {
      throw LmdbErrors.translate("the LMDB store in " + folder + " cannot be opened", e);
    } catch (IOException e) {
      throw new StoreException("the LMDB store in " + folder + " cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        env.close();
      }
    }
  }

  private static Env<byte[]> map(Path folder, LmdbOptions options, long mapSize) {
    try {
      return Env.create(ByteArrayProxy.PROXY_BA)
          .setMapSize(mapSize)
          .setMaxDbs(1)
          .setMaxReaders(options.maxReaders())
          .open(folder.toFile(), OWNER_ONLY, flags(options));
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("the LMDB store in " + folder + " cannot be opened", e);
    }
  }

  private static EnvFlags[] flags(LmdbOptions options) {
    Set<EnvFlags> flags = EnumSet.of(EnvFlags.MDB_NOTLS);
    if (!options.readAhead()) {
      flags.add(EnvFlags.MDB_NORDAHEAD);
    }
    if (options.readOnly()) {
      // The folder is ours alone: no table of readers is needed while nobody writes.
      flags.add(EnvFlags.MDB_RDONLY_ENV);
      flags.add(EnvFlags.MDB_NOLOCK);
    }
    return flags.toArray(new EnvFlags[0]);
  }

  private static Dbi<byte[]> database(Env<byte[]> env, Path folder) {
    Dbi<byte[]> names = env.openDbi((byte[]) null);
    boolean empty;
    try (Txn<byte[]> txn = env.txnRead(); Cursor<byte[]> cursor = names.openCursor(txn)) {
      empty = !cursor.first();
      if (!empty && (!Arrays.equals(FORMAT, cursor.key()) || cursor.next())) {
        throw foreign(new String(cursor.key(), StandardCharsets.ISO_8859_1), folder);
      }
    }
    if (empty && env.isReadOnly()) {
      throw new StoreException("the LMDB store in " + folder + " was never begun, there is nothing to read");
    }
    return empty ? env.openDbi(FORMAT, DbiFlags.MDB_CREATE) : env.openDbi(FORMAT);
  }

  private static StoreException foreign(String name, Path folder) {
    return name.startsWith(FORMAT_PREFIX)
        ? new StoreVersionException("the LMDB store in " + folder + " is of a newer release")
        : new StoreCorruptedException("the LMDB file in " + folder + " belongs to another program");
  }

  Dbi<byte[]> dbi() {
    return dbi;
  }

  /** The longest key, in bytes, without the table's number. */
  int maxKeyBytes() {
    return env.getMaxKeySize() - 1;
  }

  Txn<byte[]> read() {
    try {
      return env.txnRead();
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("no snapshot can be opened", e);
    }
  }

  Txn<byte[]> write() {
    try {
      return env.txnWrite();
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("no write transaction can be opened", e);
    }
  }

  boolean readOnly() {
    return options.readOnly();
  }

  void sync() {
    if (readOnly()) {
      return;
    }
    try {
      env.sync(true);
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("the store cannot be synced", e);
    }
  }

  /** Remembers that the map was too small, so that it grows as soon as it can. */
  void becameFull() {
    full = true;
  }

  /**
   * Doubles the map when it is nearly full, up to its limit. Only while no transaction is open: the old map is gone then.
   * Where there is no address space for it, the map stays as it is for as long as the store is open.
   */
  void growIfNeeded() {
    if (readOnly() || greatest) {
      return;
    }
    try {
      long map = env.info().mapSize;
      long used = (env.info().lastPageNumber + 1) * pageSize;
      if (map < options.mapLimit() && (full || used > map / 100 * GROW_AT_PERCENT)) {
        grow(map, Math.min(map * 2, options.mapLimit()));
        full = false;
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.translate("the map of the store cannot grow", e);
    }
  }

  /** Opens the file anew. LMDB's own way leaves no map at all where it fails, and the next call ends the process. */
  private void grow(long map, long greater) {
    env.close();
    try {
      env = map(folder, options, greater);
    } catch (StoreException e) {
      greatest = true;
      System.getLogger(LmdbEnvironment.class.getName())
          .log(System.Logger.Level.WARNING, "the map stays at {0} bytes: {1}", map, e.getMessage());
      env = map(folder, options, map);
    }
    dbi = env.openDbi(FORMAT);
  }

  /** Gives the file the length that its last commit speaks of, so that the next open need not doubt it. */
  void fillUp() {
    long length = (env.info().lastPageNumber + 1) * pageSize;
    try {
      if (data.length() < length) {
        data.setLength(length);
      }
    } catch (IOException e) {
      // What was committed is there without it; the next open looks closer, that is all.
      System.getLogger(LmdbEnvironment.class.getName())
          .log(System.Logger.Level.DEBUG, "the data file stays short: {0}", e.getMessage());
    }
  }

  void close() {
    env.close();
    try {
      data.close();
    } catch (IOException e) {
      throw new StoreException("the data file cannot be closed: " + e.getMessage(), e);
    }
  }
}
