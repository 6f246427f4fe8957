package org.docs4j.engine.replica;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;

/** The row that says how a store is written: number of the format (4 bytes) and segment size (4), big-endian. */
final class Format {
  /**
   * The format that this release writes. Format 1 has no lengths of keys in {@link Heads}, which are read as they are; up to
   * format 2 addresses of peers belong to no document, see {@link SharedPeerRows}.
   */
  static final int VERSION = 3;

  static final byte[] KEY = "format".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 2 * Integer.BYTES;
  private static final int LONGEST_SEGMENT = 4096;

  private Format() {}

  /** Reads the format of a store, or gives one to an empty store. */
  static LongKeys open(KeyValueStore store) {
    Optional<byte[]> row;
    try (ReadTxn txn = store.read()) {
      row = txn.get(Tables.META, KEY);
      if (row.isEmpty()) {
        requireEmpty(txn);
      }
    }
    LongKeys layout = row.map(Format::decode).orElseGet(() -> create(store));
    row.filter(older -> ByteBuffer.wrap(older).getInt() < VERSION).ifPresent(older -> raise(store, layout));
    if (needed(layout) > store.maxKeyBytes()) {
      throw new StoreException(
          "the store takes keys of " + store.maxKeyBytes() + " bytes and was written with " + needed(layout));
    }
    return layout;
  }

  private static long needed(LongKeys layout) {
    return layout.segment() == LongKeys.WHOLE ? RowKeys.MAX_BYTES : (long) layout.segment() + LongKeys.OVERHEAD;
  }

  private static void requireEmpty(ReadTxn txn) {
    for (Table table : Tables.ALL) {
      try (Cursor cursor = txn.cursor(table)) {
        if (cursor.seekLast()) {
          throw new StoreCorruptedException("the store has a table " + table.name() + " and does not say its format");
        }
      }
    }
  }

  private static LongKeys create(KeyValueStore store) {
    int max = store.maxKeyBytes();
    if (max < KeyValueStore.MIN_KEY_BYTES) {
      throw new StoreException(
          "the store takes keys of " + max + " bytes; a store has to take " + KeyValueStore.MIN_KEY_BYTES);
    }
    LongKeys layout =
        new LongKeys(
            max >= RowKeys.MAX_BYTES ? LongKeys.WHOLE : Math.min(max - LongKeys.OVERHEAD, LONGEST_SEGMENT));
    write(store, layout);
    return layout;
  }

  /** Brings an older store up to date, and keeps older releases away from rows that they do not know. */
  private static void raise(KeyValueStore store, LongKeys layout) {
    try {
      SharedPeerRows.replace(store);
      write(store, layout);
    } catch (StoreReadOnlyException e) {
      // Nothing will be written that an older release does not know.
    }
  }

  private static void write(KeyValueStore store, LongKeys layout) {
    try (WriteTxn txn = store.write()) {
      txn.put(Tables.META, KEY, ByteBuffer.allocate(SIZE).putInt(VERSION).putInt(layout.segment()).array());
      txn.commit(Durability.SYNC);
    }
  }

  private static LongKeys decode(byte[] row) {
    int version = row.length < Integer.BYTES ? 0 : ByteBuffer.wrap(row).getInt();
    if (version > VERSION) {
      throw new StoreVersionException(
          "the store was written in format " + version + "; this release knows formats up to " + VERSION);
    }
    int segment = row.length == SIZE ? ByteBuffer.wrap(row).getInt(Integer.BYTES) : 0;
    if (version < 1 || segment <= RowKeys.OWNER) {
      throw new StoreCorruptedException("the format of the store cannot be read");
    }
    return new LongKeys(segment);
  }
}
