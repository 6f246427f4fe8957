package org.docs4j.store.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.StoreConfig;
import org.docs4j.api.spi.store.StoreProvider;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksFolderTest {
  private static final Table TABLE = new Table(3, "table");
  private static final int RECORDS = 500;

  @TempDir Path folder;

  private KeyValueStore open() {
    return new RocksStoreProvider().open(new StoreConfig(Optional.of(folder), List.of(TABLE), Map.of()));
  }

  private void makeStore() {
    KeyValueStore store = open();
    for (int half = 0; half < 2; half++) {
      try (WriteTxn txn = store.write()) {
        for (int i = half; i < RECORDS; i += 2) {
          txn.put(TABLE, ("key" + i).getBytes(StandardCharsets.US_ASCII), new byte[100]);
        }
        txn.commit(half == 0 ? Durability.SYNC : Durability.LAZY);
      }
    }
    store.close();
  }

  private static int count(KeyValueStore store) {
    int count = 0;
    try (ReadTxn txn = store.read(); Cursor cursor = txn.cursor(TABLE)) {
      for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
        assertEquals(100, cursor.value().length);
        count++;
      }
    }
    return count;
  }

  private Map<Path, byte[]> content() throws IOException {
    Map<Path, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file, Files.readAllBytes(file));
      }
    }
    return content;
  }

  private void restore(Map<Path, byte[]> content) throws IOException {
    for (Path file : content().keySet()) {
      Files.delete(file);
    }
    for (Map.Entry<Path, byte[]> file : content.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  /** A store may be whole without some files; then it must have everything. Otherwise it must say so, and never crash. */
  @Test
  void when_aFileIsDamaged_then_theStoreSaysSoOrHasEverything() throws IOException {
    makeStore();
    Map<Path, byte[]> whole = content();
    Random random = new Random(7);
    int refusals = 0;
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      byte[] garbage = new byte[file.getValue().length];
      random.nextBytes(garbage);
      List<byte[]> damages = List.of(
          new byte[0], Arrays.copyOf(file.getValue(), file.getValue().length / 2), garbage);
      for (byte[] damaged : damages) {
        restore(whole);
        Files.write(file.getKey(), damaged);
        refusals += refusesOrHasEverything(file.getKey() + " damaged");
      }
      restore(whole);
      Files.delete(file.getKey());
      refusals += refusesOrHasEverything(file.getKey() + " deleted");
    }
    assertTrue(refusals >= 8, "damage to the manifest, CURRENT, the data and the format is found: " + refusals);
    restore(whole);
    assertEquals(0, refusesOrHasEverything("nothing is damaged"));
  }

  private int refusesOrHasEverything(String what) {
    KeyValueStore store;
    try {
      store = open();
    } catch (StoreException e) {
      return 1;
    }
    try {
      assertEquals(RECORDS, count(store), what);
      return 0;
    } catch (StoreException e) {
      return 1;
    } finally {
      store.close();
    }
  }

  @Test
  void open_afterACleanClose_hasNoLogToReplay() throws IOException {
    makeStore();
    for (Map.Entry<Path, byte[]> file : content().entrySet()) {
      if (file.getKey().toString().endsWith(".log")) {
        assertEquals(0, file.getValue().length, file.getKey() + " is empty");
      }
    }
    KeyValueStore store = open();
    assertEquals(RECORDS, count(store));
    store.close();
  }

  @Test
  void open_theFolderOfAnotherStore_isRefused() throws IOException {
    Files.write(folder.resolve("data.mdb"), new byte[100]);
    StoreCorruptedException refusal = assertThrows(StoreCorruptedException.class, this::open);
    assertTrue(refusal.getMessage().contains("data.mdb"), refusal.getMessage());
  }

  @Test
  void open_anotherProgramsRocksDb_isRefused() throws IOException {
    makeStore();
    Files.delete(folder.resolve(RocksFolder.FORMAT_FILE));
    assertThrows(StoreCorruptedException.class, this::open);
  }

  @Test
  void open_aNewerFormat_isRefused() throws IOException {
    makeStore();
    Files.writeString(folder.resolve(RocksFolder.FORMAT_FILE), "rocksdb 2\n");
    StoreVersionException refusal = assertThrows(StoreVersionException.class, this::open);
    assertTrue(refusal.getMessage().contains("newer"), refusal.getMessage());
  }

  @Test
  void open_afterAnInterruptedCreation_startsAnew() throws IOException {
    Files.writeString(folder.resolve(RocksFolder.FORMAT_FILE + ".new"), "rock");
    Files.createFile(folder.resolve(FolderLock.FILE));
    KeyValueStore store = open();
    assertEquals(0, count(store));
    store.close();
    Files.delete(folder.resolve("CURRENT"));
    for (Path file : content().keySet()) {
      if (file.toString().endsWith(".log")) {
        Files.delete(file);
      }
    }
    KeyValueStore again = open();
    assertEquals(0, count(again));
    again.close();
  }

  @Test
  void load_theNativeLibrary_leavesNothingBehind() throws IOException {
    open().close();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().contains("rocksdb")));
    }
  }

  @Test
  void provider_onModulePathAndOnClassPath_isTheSame() throws IOException {
    Class<?> provider = RocksStoreProvider.class;
    List<String> declared = provider.getModule().getDescriptor().provides().stream()
        .filter(service -> service.service().equals(StoreProvider.class.getName()))
        .flatMap(service -> service.providers().stream())
        .toList();
    URL services = provider.getResource("/META-INF/services/" + StoreProvider.class.getName());
    try (var in = services.openStream()) {
      List<String> listed = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertEquals(declared, listed);
    }
    assertEquals(List.of(provider.getName()), declared);
  }
}
