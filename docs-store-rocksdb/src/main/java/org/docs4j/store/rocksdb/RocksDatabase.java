package org.docs4j.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.docs4j.api.StoreException;
import org.docs4j.api.spi.store.Durability;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/** An open RocksDB with what it was opened with; small in memory and in files. */
final class RocksDatabase {
  private static final int BLOCK_BYTES = 8 << 10;
  private static final double BLOOM_BITS = 10;
  private static final int BACKGROUND_JOBS = 2;
  private static final long LOG_BYTES = 1 << 20;
  private static final int LOG_FILES = 2;

  /** Native things in the order of their making; freed in the opposite one. */
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final WriteOptions synced;
  private final WriteOptions lazy;
  private final RocksDB db;
  private final boolean readOnly;

  private RocksDatabase(Path folder, RocksOptions wanted) throws RocksDBException {
    readOnly = wanted.readOnly();
    boolean opened = false;
    try {
      synced = own(new WriteOptions().setSync(true));
      lazy = own(new WriteOptions());
      Options options = options(wanted);
      db = own(readOnly ? RocksDB.openReadOnly(options, folder.toString()) : RocksDB.open(options, folder.toString()));
      opened = true;
    } finally {
      if (!opened) {
        free();
      }
    }
  }

  static RocksDatabase open(Path folder, RocksOptions options) {
    try {
      return new RocksDatabase(folder, options);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("the RocksDB store in " + folder + " cannot be opened", e);
    }
  }

  private Options options(RocksOptions wanted) {
    BlockBasedTableConfig table = new BlockBasedTableConfig()
        .setBlockCache(own(new LRUCache(wanted.blockCacheSize())))
        .setCacheIndexAndFilterBlocks(true)
        .setPinL0FilterAndIndexBlocksInCache(true)
        .setBlockSize(BLOCK_BYTES)
        .setFilterPolicy(own(new BloomFilter(BLOOM_BITS)));
    return own(new Options())
        .setCreateIfMissing(!readOnly)
        .setTableFormatConfig(table)
        .setWriteBufferSize(wanted.writeBufferSize())
        .setCompressionType(type(wanted.compression()))
        .setMaxOpenFiles(wanted.maxOpenFiles())
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(LOG_BYTES)
        .setKeepLogFileNum(LOG_FILES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private static CompressionType type(RocksOptions.Compression compression) {
    return switch (compression) {
      case NONE -> CompressionType.NO_COMPRESSION;
      case LZ4 -> CompressionType.LZ4_COMPRESSION;
      case ZSTD -> CompressionType.ZSTD_COMPRESSION;
    };
  }

  private <T extends AutoCloseable> T own(T thing) {
    owned.push(thing);
    return thing;
  }

  RocksDB db() {
    return db;
  }

  void write(WriteBatchWithIndex batch, Durability durability) throws RocksDBException {
    db.write(durability == Durability.SYNC ? synced : lazy, batch);
  }

  boolean readOnly() {
    return readOnly;
  }

  void sync() {
    if (readOnly) {
      return;
    }
    try {
      db.syncWal();
    } catch (RocksDBException e) {
      throw RocksErrors.translate("the store cannot be synced", e);
    }
  }

  /** Makes everything durable, so that the next open has no log to replay, and frees everything, also where that fails. */
  void close() {
    try {
      if (!readOnly) {
        flush();
      }
    } finally {
      free();
    }
  }

  private void flush() {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait);
    } catch (RocksDBException e) {
      System.getLogger(RocksDatabase.class.getName()).log(
          System.Logger.Level.WARNING, "the store keeps its log, the next open will replay it: {0}", e.getMessage());
      syncLogs();
    }
  }

  /** Syncs the logs past RocksDB, which after a failed write refuses to; each commit has been handed to the system. */
  private void syncLogs() {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(Path.of(db.getName()), "*.log")) {
      for (Path log : logs) {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
          file.force(true);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new StoreException("the store cannot be synced: " + e.getMessage(), e);
    }
  }

  private void free() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        System.getLogger(RocksDatabase.class.getName())
            .log(System.Logger.Level.WARNING, "part of the store could not be freed: {0}", e.getMessage());
      }
    }
  }
}
