package org.docs4j.store.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreReadOnlyException;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RocksOptionsTest {
  private static final Map<String, String> READ_ONLY = Map.of("read-only", "true");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "block-cache-size, 1000", "block-cache-size, much", "write-buffer-size, 65535", "write-buffer-size, 1073741825",
    "compression, LZ4", "compression, gzip", "max-open-files, 31", "max-open-files, -1", "read-only, yes", "cache, 5"
  })
  void open_withABadOption_isRefusedByNameAndWritesNothing(String name, String value) throws IOException {
    StoreException refusal =
        assertThrows(StoreException.class, () -> RocksTestStores.open(folder, Map.of(name, value)));
    assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void parse_everyOption_isTaken() {
    Map<String, String> options = Map.of(
        "block-cache-size", "1048576", "write-buffer-size", "65536", "compression", "zstd", "max-open-files", "32",
        "read-only", "true");
    assertEquals(
        new RocksOptions(1 << 20, 64 << 10, RocksOptions.Compression.ZSTD, 32, true), RocksOptions.parse(options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4", "zstd"})
  void compression_ofAnyKind_holdsAcrossReopeningWithAnother(String compression) throws IOException {
    KeyValueStore store = RocksTestStores.open(folder, Map.of("compression", compression));
    RocksTestStores.fill(store, 0, 1000, 1000);
    store.close();
    boolean small = tableBytes() < 500_000;
    assertEquals(!compression.equals("none"), small, "the files take " + tableBytes() + " bytes");
    KeyValueStore again = RocksTestStores.open(folder, Map.of("compression", "none"));
    assertEquals(1000, RocksTestStores.count(again));
    again.close();
  }

  private long tableBytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sst")).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void writeBuffer_thatIsSmall_sortsIntoFilesEarly() throws IOException {
    KeyValueStore store = RocksTestStores.open(folder, Map.of("write-buffer-size", "65536", "compression", "none"));
    for (int i = 0; i < 40; i++) {
      RocksTestStores.fill(store, i * 100, i * 100 + 100, 1000);
    }
    // The buffers that are being written are two at most, so most of the 4 MB is in files before the close.
    assertTrue(tableBytes() > 1 << 20, "the files take " + tableBytes() + " bytes");
    assertEquals(4000, RocksTestStores.count(store));
    store.close();
  }

  @Test
  void openReadOnly_aStore_readsEverythingAndChangesNothing() throws IOException {
    KeyValueStore writing = RocksTestStores.open(folder, Map.of());
    RocksTestStores.fill(writing, 0, 1000, 100);
    Map<String, byte[]> killed = content();
    writing.close();
    readOnly(content());
    // As a kill leaves it, with all data in the log.
    for (String name : content().keySet()) {
      Files.delete(folder.resolve(name));
    }
    for (Map.Entry<String, byte[]> file : killed.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    readOnly(killed);
    KeyValueStore again = RocksTestStores.open(folder, Map.of());
    RocksTestStores.fill(again, 1000, 1001, 100);
    assertEquals(1001, RocksTestStores.count(again));
    again.close();
  }

  private void readOnly(Map<String, byte[]> before) throws IOException {
    KeyValueStore store = RocksTestStores.open(folder, READ_ONLY);
    assertEquals(1000, RocksTestStores.count(store));
    assertThrows(StoreReadOnlyException.class, store::write);
    store.sync();
    assertEquals(1000, RocksTestStores.count(store), "it goes on after the refusal");
    assertThrows(StoreException.class, () -> RocksTestStores.open(folder, Map.of()), "it is taken, as any other");
    store.close();
    Map<String, byte[]> after = content();
    assertEquals(List.copyOf(before.keySet()), List.copyOf(after.keySet()));
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
  }

  private Map<String, byte[]> content() throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }

  @Test
  void openReadOnly_whereNoStoreIs_isRefusedAndMakesNone() throws IOException {
    assertThrows(StoreException.class, () -> RocksTestStores.open(folder, READ_ONLY));
    assertEquals(List.of(FolderLock.FILE), List.copyOf(content().keySet()));
    Files.write(folder.resolve("notes.txt"), new byte[10]);
    assertThrows(StoreCorruptedException.class, () -> RocksTestStores.open(folder, READ_ONLY));
    assertEquals(List.of(FolderLock.FILE, "notes.txt"), List.copyOf(content().keySet()));
  }
}
