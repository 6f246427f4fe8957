package org.docs4j.store.lmdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.KeyValueStore;
import org.docs4j.api.spi.store.WriteTxn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.Txn;

class LmdbFileTest {
  private static final int RECORDS = 2000;

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void nameTheFile() {
    data = folder.resolve(LmdbFile.DATA);
  }

  private void makeStore() {
    KeyValueStore store = LmdbTestStores.open(folder);
    LmdbTestStores.fill(store, 0, RECORDS, 100);
    LmdbTestStores.fill(store, RECORDS, RECORDS + 1, 100_000);
    store.close();
  }

  private void refused() throws IOException {
    byte[] before = Files.readAllBytes(data);
    assertThrows(StoreCorruptedException.class, () -> LmdbTestStores.open(folder));
    assertArrayEquals(before, Files.readAllBytes(data), "a refused file is left as it was");
  }

  /** Pages that were taken and given back in one transaction are never written: the file ends before its last page. */
  @Test
  void when_aKillLeftTheFileShortButWhole_then_itOpensWithEverything() throws IOException {
    byte[] kept = {3, 'k'};
    byte[] passing = {3, 'p'};
    try (Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA).setMapSize(1 << 30).setMaxDbs(1).open(folder.toFile())) {
      Dbi<byte[]> dbi = env.openDbi("docs4j-1", DbiFlags.MDB_CREATE);
      for (int i = 0; i < 3; i++) {
        try (Txn<byte[]> txn = env.txnWrite()) {
          dbi.put(txn, kept, new byte[100_000 + i]);
          dbi.put(txn, passing, new byte[4 << 20]);
          dbi.delete(txn, passing);
          txn.commit();
        }
      }
    }
    long full = fullLength();
    assertTrue(Files.size(data) < full, "the file is short");
    KeyValueStore store = LmdbTestStores.open(folder);
    assertEquals(1, LmdbTestStores.count(store));
    store.close();
    assertEquals(full, Files.size(data), "the file has its length now");
  }

  /** So only a kill makes the next opening walk over all pages. */
  @Test
  void commit_thatGivesPagesBack_leavesTheFileWithItsFullLength() throws IOException {
    try (KeyValueStore store = LmdbTestStores.open(folder)) {
      for (int i = 0; i < 3; i++) {
        try (WriteTxn txn = store.write()) {
          txn.put(LmdbTestStores.TABLE, new byte[] {'k'}, new byte[100_000 + i]);
          txn.put(LmdbTestStores.TABLE, new byte[] {'p'}, new byte[4 << 20]);
          txn.delete(LmdbTestStores.TABLE, new byte[] {'p'});
          txn.commit(Durability.LAZY);
        }
        assertTrue(fullLength() > 4 << 20, "the pages that were given back count");
        assertEquals(fullLength(), Files.size(data), "after commit " + i);
      }
    }
    assertEquals(fullLength(), Files.size(data), "after a clean end");
  }

  private long fullLength() throws IOException {
    try (FileChannel file = FileChannel.open(data)) {
      LmdbMeta first = LmdbMeta.read(file, 0).orElseThrow();
      LmdbMeta second = LmdbMeta.read(file, first.pageSize()).orElseThrow();
      return Math.max(first.fullLength(), second.fullLength());
    }
  }

  @Test
  void open_afterAnyTruncation_isRefusedOrHasEverything() throws IOException {
    makeStore();
    byte[] whole = Files.readAllBytes(data);
    int refusals = 0;
    for (int length = whole.length - 1; length > 0; length -= 1999) {
      Files.write(data, Arrays.copyOf(whole, length));
      try {
        KeyValueStore store = LmdbTestStores.open(folder);
        assertEquals(RECORDS + 1, LmdbTestStores.count(store), "cut to " + length + " bytes");
        store.close();
      } catch (StoreCorruptedException e) {
        assertEquals(length, Files.size(data), "a refused file is left as it was");
        refusals++;
      }
    }
    assertTrue(refusals > whole.length / 1999 / 2, "most cuts are refused: " + refusals);
  }

  @Test
  void open_garbage_isRefused() throws IOException {
    Random random = new Random(42);
    for (int length : new int[] {1, 15, 152, 4096, 8192, 100_000}) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      Files.write(data, garbage);
      refused();
    }
    Files.write(data, new byte[65_536]);
    refused();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0", "16, 0", "20, 2", "20, 999", "36, 0", "40, 0", "40, 4097", "40, 2147483647", "44, 4", "46, 200", "80, 1",
    "84, 1", "92, 4", "94, 33", "128, 0", "128, 40", "132, 7", "136, 0", "140, 1", "140, -1"
  })
  void open_damagedMetaPages_isRefused(int at, int value) throws IOException {
    makeStore();
    try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
      ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value);
      for (long page : new long[] {0, 4096}) {
        file.seek(page + at);
        file.write(bytes.array());
      }
    }
    refused();
  }

  @Test
  void open_anotherProgramsFile_isRefused() {
    otherDatabase("theirs");
    StoreCorruptedException refusal =
        assertThrows(StoreCorruptedException.class, () -> LmdbTestStores.open(folder));
    assertTrue(refusal.getMessage().contains("another program"), refusal.getMessage());
  }

  @Test
  void open_aNewerFormat_isRefused() throws IOException {
    otherDatabase("docs4j-2");
    byte[] before = Files.readAllBytes(data);
    StoreVersionException refusal = assertThrows(StoreVersionException.class, () -> LmdbTestStores.open(folder));
    assertTrue(refusal.getMessage().contains("newer"), refusal.getMessage());
    assertArrayEquals(before, Files.readAllBytes(data), "a refused file is left as it was");
  }

  private void otherDatabase(String name) {
    try (Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA).setMapSize(1 << 24).setMaxDbs(1).open(folder.toFile())) {
      env.openDbi(name, DbiFlags.MDB_CREATE).put("k".getBytes(StandardCharsets.US_ASCII), new byte[1]);
    }
  }

  @Test
  void open_afterAnEmptyBeginning_startsAnew() throws IOException {
    Files.createFile(data);
    KeyValueStore store = LmdbTestStores.open(folder);
    assertEquals(0, LmdbTestStores.count(store));
    store.close();
  }
}
