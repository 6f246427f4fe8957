package org.docs4j.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.StoreVersionException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.junit.jupiter.api.Test;

class FileBlobsTest extends BlobStoreRules {
  FileBlobsTest() {
    super(new FileBlobsProvider());
  }

  @Test
  void open_afterClose_hasBlobsAndTags() {
    byte[] large = TestContent.ofSize(100_000);
    Hash small = store().add(new byte[] {1}).hash();
    Hash empty = store().add(new byte[0]).hash();
    Hash big = store().add(large).hash();
    Hash deleted = store().add(new byte[] {2}).hash();
    store().protect(sink -> Stream.of(small, empty, big).forEach(sink));
    store().collectGarbage();
    store().tag("name", big);
    BlobStore again = reopen();
    assertArrayEquals(new byte[] {1}, again.read(small, 1));
    assertArrayEquals(large, again.read(big, 100_000));
    assertEquals(new BlobStatus.Complete(0), again.status(empty));
    assertEquals(new BlobStatus.Missing(), again.status(deleted));
    assertEquals(Map.of("name", big), again.tags());
  }

  @Test
  void open_twice_isRefused() {
    assertThrows(StoreLockedException.class, () -> open(Map.of()));
    reopen();
  }

  @Test
  void open_newerFormat_isRefusedAndLeftAlone() throws IOException {
    Hash hash = store().add(new byte[] {1}).hash();
    store().close();
    Files.writeString(folder().resolve("FORMAT"), "docs4j-blobs 2\n");
    assertThrows(StoreVersionException.class, () -> open(Map.of()));
    assertEquals("docs4j-blobs 2\n", Files.readString(folder().resolve("FORMAT")));
    Files.writeString(folder().resolve("FORMAT"), "docs4j-blobs 1\n");
    assertEquals(new BlobStatus.Complete(1), reopen().status(hash));
  }

  @Test
  void open_folderOfSomebodyElse_isRefusedAndLeftAlone() throws IOException {
    store().close();
    Files.writeString(folder().resolve("FORMAT"), "something else");
    assertThrows(StoreCorruptedException.class, () -> open(Map.of()));
    Files.delete(folder().resolve("FORMAT"));
    assertThrows(StoreCorruptedException.class, () -> open(Map.of()));
  }

  @Test
  void open_damagedTags_isRefused() throws IOException {
    store().tag("name", Hash.EMPTY);
    store().close();
    Path tags = folder().resolve("tags");
    byte[] bytes = Files.readAllBytes(tags);
    bytes[3] ^= 1;
    Files.write(tags, bytes);
    assertThrows(StoreCorruptedException.class, () -> open(Map.of()));
  }

  @Test
  void reference_unchanged_isReadInPlaceAlsoAfterReopening() throws IOException {
    byte[] content = TestContent.ofSize(300_000);
    Path file = file("theirs", content);
    BlobInfo info = store().add(file, ImportMode.REFERENCE, ProgressListener.NONE);
    assertArrayEquals(content, store().read(info.hash(), 300_000));
    assertArrayEquals(content, reopen().read(info.hash(), 300_000));
    try (Stream<Path> stored = Files.walk(folder())) {
      assertTrue(stored.noneMatch(path -> path.toString().endsWith(".data")));
    }
    assertEquals(1, store().collectGarbage());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void reference_changedOrGone_isAMissingBlobUntilAddedAgain() throws IOException {
    byte[] content = TestContent.ofSize(300_000);
    Path file = file("theirs", content);
    Hash hash = store().add(file, ImportMode.REFERENCE, ProgressListener.NONE).hash();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertEquals(new BlobStatus.Missing(), store().status(hash));
    assertThrows(BlobNotFoundException.class, () -> store().open(hash));
    assertEquals(hash, store().add(content).hash());
    Files.delete(file);
    assertArrayEquals(content, store().read(hash, 300_000));
    assertArrayEquals(content, reopen().read(hash, 300_000));
  }

  @Test
  void reference_small_isCopied() throws IOException {
    Path file = file("theirs", new byte[] {7});
    Hash hash = store().add(file, ImportMode.REFERENCE, ProgressListener.NONE).hash();
    Files.delete(file);
    assertArrayEquals(new byte[] {7}, store().read(hash, 1));
  }

  @Test
  void collectGarbage_inFullPacks_givesTheirRoomBack() throws IOException {
    store().close();
    try (BlobStore packed = open(Map.of("pack-bytes", "20000"))) {
      for (int i = 0; i < 100; i++) {
        packed.add(TestContent.ofSize(1000 + i));
      }
      Hash kept = Hash.ofContent(TestContent.ofSize(1001));
      Hash last = Hash.ofContent(TestContent.ofSize(1099));
      packed.tag("kept", kept);
      packed.tag("last", last);
      assertEquals(98, packed.collectGarbage());
      assertEquals(1001, packed.read(kept, 2000).length);
      assertEquals(1099, packed.read(last, 2000).length);
      try (Stream<Path> packs = Files.list(folder().resolve("small"))) {
        assertEquals(1, packs.count());
      }
    }
    assertEquals(1001, reopen().read(Hash.ofContent(TestContent.ofSize(1001)), 2000).length);
  }

  @Test
  void collectGarbage_filesOfNoBlob_areDeleted() throws IOException {
    Hash hash = store().add(TestContent.ofSize(20_000)).hash();
    store().tag("keep", hash);
    Path folder = Files.createDirectories(folder().resolve("data").resolve("af"));
    Path orphan = Files.write(folder.resolve(Hash.EMPTY + ".data"), new byte[10]);
    Path foreign = Files.write(folder.resolve("readme"), new byte[10]);
    store().collectGarbage();
    assertTrue(Files.notExists(orphan));
    assertTrue(Files.exists(foreign));
    assertEquals(20_000, store().read(hash, 20_000).length);
  }
}
