package org.docs4j.store.rocksdb;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.docs4j.api.spi.store.StoreOptions;

/**
 * The settings of a RocksDB store; the README tells what they mean to a user.
 *
 * @param blockCacheSize how many bytes of uncompressed blocks, indexes and filters are kept; option
 *     {@code block-cache-size}
 * @param writeBufferSize how many bytes of writes are gathered before they are sorted into a file; option
 *     {@code write-buffer-size}
 * @param compression how new files are compressed; option {@code compression}
 * @param maxOpenFiles how many files may be open at once; option {@code max-open-files}
 * @param readOnly whether nothing can be written; option {@code read-only}
 */
record RocksOptions(
    long blockCacheSize, long writeBufferSize, Compression compression, int maxOpenFiles, boolean readOnly) {
  private static final long DEFAULT_BLOCK_CACHE = 32 << 20;
  private static final long LEAST_BLOCK_CACHE = 1 << 20;
  private static final long GREATEST_BLOCK_CACHE = 1L << 40;
  private static final long DEFAULT_WRITE_BUFFER = 16 << 20;
  private static final long LEAST_WRITE_BUFFER = 64 << 10;
  private static final long GREATEST_WRITE_BUFFER = 1 << 30;
  private static final int DEFAULT_FILES = 256;
  private static final int LEAST_FILES = 32;
  private static final int MOST_FILES = 65_536;

  /** How a file is compressed. */
  enum Compression {
    NONE,
    LZ4,
    ZSTD;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads settings by name.
   *
   * @throws org.docs4j.api.StoreException if a name is unknown, a value is not of its kind or out of its range
   */
  static RocksOptions parse(Map<String, String> given) {
    StoreOptions options = StoreOptions.of("RocksDB", given);
    List<String> words = List.of(Compression.values()).stream().map(Compression::word).toList();
    RocksOptions parsed = new RocksOptions(
        options.number("block-cache-size", DEFAULT_BLOCK_CACHE, LEAST_BLOCK_CACHE, GREATEST_BLOCK_CACHE),
        options.number("write-buffer-size", DEFAULT_WRITE_BUFFER, LEAST_WRITE_BUFFER, GREATEST_WRITE_BUFFER),
        Compression.values()[words.indexOf(options.choice("compression", Compression.LZ4.word(), words))],
        (int) options.number("max-open-files", DEFAULT_FILES, LEAST_FILES, MOST_FILES),
        options.flag("read-only", false));
    options.requireNoOthers();
    return parsed;
  }
}
