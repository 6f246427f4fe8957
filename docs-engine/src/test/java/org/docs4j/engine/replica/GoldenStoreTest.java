package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.spi.store.Cursor;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.ReadTxn;
import org.docs4j.api.spi.store.Table;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Opens stores that were written once and are never written again: whatever this release does, it must read them. The
 * files are named after the back end and the format of the replica store; a new format adds files beside the old ones.
 * With a folder in the system property {@code docs4j.golden}, the files of today's format are made there.
 */
class GoldenStoreTest {
  private static final String FOLDER_PROPERTY = "docs4j.golden";
  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  @TempDir Path fresh;

  @ParameterizedTest
  @CsvSource({"LMDB, 1", "LMDB, 2", "LMDB, 3", "ROCKSDB, 1", "ROCKSDB, 2", "ROCKSDB, 3"})
  void open_theStoreOfAnyFormat_hasEverythingAndTakesMore(StoresUnderTest kind, int format) throws IOException {
    unpack(zip(kind, format));
    try (ReplicaStore store = KeyValueReplicaStore.open(kind.at(folder).open())) {
      GoldenContent.check(store, format);
    }
    try (KeyValueStore store = kind.at(folder).open(); ReadTxn txn = store.read()) {
      int now = ByteBuffer.wrap(txn.get(Tables.META, FORMAT).orElseThrow()).getInt();
      assertEquals(Format.VERSION, now, "a release that knows only what the store was is kept away");
      try (Cursor cursor = txn.cursor(Tables.PEERS)) {
        for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
          assertEquals(64, cursor.key().length, "an address that belongs to no document");
        }
      }
    }
  }

  /** Row for row, but for the range index, whose shape is free within its format. */
  @ParameterizedTest
  @EnumSource(names = {"LMDB", "ROCKSDB"})
  void fill_byThisRelease_givesTheRowsOfTheGoldenStore(StoresUnderTest kind) throws IOException {
    unpack(zip(kind, Format.VERSION));
    List<String> golden;
    try (KeyValueStore store = kind.at(folder).open()) {
      golden = rows(store);
    }
    assertTrue(golden.size() > 500, "it has " + golden.size() + " rows");
    try (ReplicaStore store = KeyValueReplicaStore.open(kind.at(fresh).open())) {
      GoldenContent.fill(store);
    }
    try (KeyValueStore store = kind.at(fresh).open()) {
      assertEquals(withoutIndex(golden), withoutIndex(rows(store)), "a change of the stored format needs a new number and a migration");
    }
  }

  private static List<String> withoutIndex(List<String> rows) {
    return rows.stream().filter(row -> !row.startsWith(Tables.INDEX.name())).toList();
  }

  @ParameterizedTest
  @EnumSource
  void open_aStoreOfANewerFormat_isRefusedAndLeftAsItWas(StoresUnderTest kind) {
    StoresUnderTest.Place place = kind.at(folder);
    try (ReplicaStore store = KeyValueReplicaStore.open(place.open())) {
      GoldenContent.fill(store);
    }
    List<String> before;
    try (KeyValueStore store = place.open()) {
      try (WriteTxn txn = store.write()) {
        txn.put(Tables.META, FORMAT, ByteBuffer.allocate(20).putInt(Format.VERSION + 1).array());
        txn.commit(Durability.SYNC);
      }
      before = rows(store);
      assertThrows(StoreVersionException.class, () -> KeyValueReplicaStore.open(store));
    }
    try (KeyValueStore store = place.open()) {
      assertEquals(before, rows(store));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LMDB", "ROCKSDB"})
  void make_theGoldenStores(StoresUnderTest kind) throws IOException {
    Optional<String> target = Optional.ofNullable(System.getProperty(FOLDER_PROPERTY));
    Assumptions.assumeTrue(target.isPresent(), "golden stores are made only on demand, with -D" + FOLDER_PROPERTY);
    try (ReplicaStore store = KeyValueReplicaStore.open(kind.at(folder).open())) {
      GoldenContent.fill(store);
    }
    Path zip = Path.of(target.orElseThrow()).resolve(zip(kind, Format.VERSION));
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file);
        Stream<Path> files = Files.list(folder)) {
      for (Path from : files.filter(GoldenStoreTest::isContent).sorted().toList()) {
        out.putNextEntry(new ZipEntry(from.getFileName().toString()));
        Files.copy(from, out);
      }
    }
  }

  /** Not locks, tables of readers and reports, which tell of the machine. */
  private static boolean isContent(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith("LOG") && !name.startsWith("OPTIONS-") && !name.startsWith("LOCK")
        && !name.equals("lock.mdb") && !name.equals(FolderLock.FILE);
  }

  private static List<String> rows(KeyValueStore store) {
    List<String> rows = new ArrayList<>();
    HexFormat hex = HexFormat.of();
    try (ReadTxn txn = store.read()) {
      for (Table table : Tables.ALL) {
        try (Cursor cursor = txn.cursor(table)) {
          for (boolean there = cursor.seekCeiling(new byte[0]); there; there = cursor.next()) {
            rows.add(table.name() + " " + hex.formatHex(cursor.key()) + " " + hex.formatHex(cursor.value()));
          }
        }
      }
    }
    return rows;
  }

  private static String zip(StoresUnderTest kind, int format) {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + format + ".zip";
  }

  private void unpack(String name) throws IOException {
    try (InputStream file = GoldenStoreTest.class.getResourceAsStream(name);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
  }
}
