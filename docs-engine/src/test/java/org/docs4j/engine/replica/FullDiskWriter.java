package org.docs4j.engine.replica;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.spi.Providers;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.WriteTxn;

/** The process that fills a small disk, looks at what is left, makes room and goes on; it says what it saw. */
final class FullDiskWriter {
  static final String FULL = "full";
  static final String FULL_AGAIN = "full again";
  static final String REOPENED_FULL = "reopened while full: ";
  static final String GOES_ON = "goes on";

  private static final int BALLAST = 4 << 20;
  private static final int ROWS = 50;
  private static final int ROW_BYTES = 1000;

  private final String store;
  private final Path disk;
  private final Path folder;
  private final Random random = new Random(1);
  private int committed;

  private FullDiskWriter(String store, Path disk) throws IOException {
    this.store = store;
    this.disk = disk;
    folder = Files.createDirectory(disk.resolve("store"));
  }

  /** Name of the store, and the folder where the disk is mounted. */
  public static void main(String[] arguments) throws IOException {
    new FullDiskWriter(arguments[0], Path.of(arguments[1])).run();
  }

  private void run() throws IOException {
    Path ballast = Files.write(disk.resolve("ballast"), new byte[BALLAST]);
    KeyValueStore first = open();
    fill(first);
    say(FULL);
    requireAll(first);
    try {
      commit(first);
      throw new AssertionError("a full disk took another transaction");
    } catch (StoreException e) {
      say(FULL_AGAIN);
    }
    requireAll(first);
    close(first);
    say(REOPENED_FULL + reopened());
    Files.delete(ballast);
    try (KeyValueStore after = open()) {
      requireAll(after);
      commit(after);
      requireAll(after);
    }
    try (KeyValueStore last = open()) {
      requireAll(last);
    }
    say(GOES_ON);
  }

  private KeyValueStore open() {
    Map<String, String> options = store.equals("rocksdb") ? Map.of("write-buffer-size", "1048576") : Map.of();
    return Providers.store(Optional.of(store), true)
        .open(new StoreConfig(Optional.of(folder), List.of(Tables.RECORDS), options));
  }

  private void fill(KeyValueStore store) {
    while (true) {
      try {
        commit(store);
      } catch (StoreFullException e) {
        return;
      }
    }
  }

  private void commit(KeyValueStore store) {
    try (WriteTxn txn = store.write()) {
      for (int i = 0; i < ROWS; i++) {
        byte[] value = new byte[ROW_BYTES];
        random.nextBytes(value);
        txn.put(Tables.RECORDS, ByteBuffer.allocate(8).putInt(committed).putInt(i).array(), value);
      }
      txn.commit(Durability.SYNC);
    }
    committed++;
  }

  private void requireAll(KeyValueStore store) {
    int rows = 0;
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(Tables.RECORDS)) {
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        if (ByteBuffer.wrap(cursor.key()).getInt() != rows / ROWS || cursor.value().length != ROW_BYTES) {
          throw new AssertionError("row " + rows + " is another one");
        }
        rows++;
      }
    }
    if (rows != committed * ROWS) {
      throw new AssertionError(committed * ROWS + " rows were committed, " + rows + " are there");
    }
  }

  private static void close(KeyValueStore store) {
    try {
      store.close();
    } catch (StoreException e) {
      say("close refused: " + e.getMessage());
      store.close();
    }
  }

  private String reopened() {
    KeyValueStore full;
    try {
      full = open();
    } catch (StoreException e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
    requireAll(full);
    close(full);
    return "everything is there";
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
