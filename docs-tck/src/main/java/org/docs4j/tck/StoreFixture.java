package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/** What the rules of the store seam share: stores that are closed after each test, tables, and bytes. */
abstract class StoreFixture {
  static final Table ALPHA = new Table(0, "alpha");
  static final Table BETA = new Table(1, "beta");
  static final Table OMEGA = new Table(255, "omega");
  static final Table UNDECLARED = new Table(7, "undeclared");
  static final List<Table> TABLES = List.of(ALPHA, BETA, OMEGA);

  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path temporary;
  private final Deque<KeyValueStore> opened = new ArrayDeque<>();
  private int folders;

  /** The provider to be proved. */
  protected abstract StoreProvider provider();

  /** The options that stores are opened with; none unless overridden. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Closes what a test left open. */
  @AfterEach
  void closeStores() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** A new store, empty and in a folder of its own where it has one. */
  final KeyValueStore open() {
    return open(config(provider().persistent() ? Optional.of(newFolder()) : Optional.empty(), TABLES));
  }

  final KeyValueStore open(Path folder) {
    return open(config(Optional.of(folder), TABLES));
  }

  final KeyValueStore open(StoreConfig config) {
    KeyValueStore store = provider().open(config);
    opened.push(store);
    return store;
  }

  final StoreConfig config(Optional<Path> folder, List<Table> tables) {
    return new StoreConfig(folder, tables, options());
  }

  final Path newFolder() {
    try {
      return Files.createDirectory(temporary.resolve("store" + folders++));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void assumePersistent() {
    Assumptions.assumeTrue(provider().persistent(), "a store that keeps nothing has nothing to reopen");
  }

  static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] filled(int length, int value) {
    byte[] result = new byte[length];
    Arrays.fill(result, (byte) value);
    return result;
  }

  /** Puts pairs of a key and a value, given as text, into the first table and commits. */
  static void commit(KeyValueStore store, String... pairs) {
    try (WriteTxn txn = store.write()) {
      for (int i = 0; i < pairs.length; i += 2) {
        txn.put(ALPHA, text(pairs[i]), text(pairs[i + 1]));
      }
      txn.commit(Durability.LAZY);
    }
  }

  static void put(WriteTxn txn, String key, String value) {
    txn.put(ALPHA, text(key), text(value));
  }

  /** All pairs of a table in order, as {@code key=value} with spaces between. */
  static String scan(ReadTxn txn, Table table) {
    List<String> pairs = new ArrayList<>();
    try (Cursor cursor = txn.cursor(table)) {
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        pairs.add(string(cursor.key()) + "=" + string(cursor.value()));
      }
    }
    return String.join(" ", pairs);
  }

  static String scan(ReadTxn txn) {
    return scan(txn, ALPHA);
  }

  static String scan(KeyValueStore store) {
    try (ReadTxn txn = store.read()) {
      return scan(txn);
    }
  }

  static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static void assertValue(byte[] expected, Optional<byte[]> actual, String message) {
    assertTrue(actual.isPresent(), message + ": there is no value");
    byte[] found = actual.orElseThrow();
    assertEquals(expected.length, found.length, message + ": length");
    assertArrayEquals(expected, found, message);
  }

  static void assertStands(String key, boolean there, Cursor cursor, String message) {
    assertTrue(there, message + ": found nothing instead of " + key);
    assertEquals(key, string(cursor.key()), message);
  }

  /** Runs something on a thread of its own and waits for its result. */
  static <T> T onAnotherThread(Callable<T> work) {
    return join(start(work));
  }

  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "store-kit");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  static <T> T join(FutureTask<T> task) {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail("nothing came back from another thread after " + PATIENCE_SECONDS + " s: the store blocks", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted", e);
    } catch (ExecutionException e) {
      return fail("on another thread: " + e.getCause(), e.getCause());
    }
  }
}
