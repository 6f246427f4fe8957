package org.docs4j.blobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.docs4j.api.BlobException;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobInfo;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.blobs.BlobsProvider;
import org.docs4j.api.spi.blobs.ImportMode;
import org.docs4j.api.spi.blobs.ProgressListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every blob store does, said by the seam alone. */
abstract class BlobStoreRules {
  @TempDir Path temp;

  private final BlobsProvider provider;
  private final Environment environment = Environment.system();
  private BlobStore store;

  BlobStoreRules(BlobsProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void openStore() throws IOException {
    if (provider.persistent()) {
      Files.createDirectories(folder());
    }
    store = open(Map.of());
  }

  @AfterEach
  void closeStore() {
    store.close();
    environment.close();
  }

  final Path folder() {
    return temp.resolve("store");
  }

  final BlobStore store() {
    return store;
  }

  final BlobStore open(Map<String, String> options) {
    Optional<Path> folder = provider.persistent() ? Optional.of(folder()) : Optional.empty();
    return provider.open(new BlobsConfig(folder, options, environment));
  }

  final BlobStore reopen() {
    store.close();
    store = open(Map.of());
    return store;
  }

  final Path file(String name, byte[] content) throws IOException {
    return Files.write(temp.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024, 16_384, 16_385, 1_048_583})
  void add_anySize_isReadBack(int size) throws IOException {
    byte[] content = TestContent.ofSize(size);
    BlobInfo expected = new BlobInfo(Hash.ofContent(content), size);
    assertEquals(new BlobStatus.Missing(), store.status(expected.hash()));
    assertEquals(expected, store.add(content));
    assertEquals(new BlobStatus.Complete(size), store.status(expected.hash()));
    assertArrayEquals(content, store.read(expected.hash(), size));
    assertEquals(expected, store.add(new ByteArrayInputStream(content), ProgressListener.NONE));
    assertEquals(expected, store.add(file("in", content), ImportMode.COPY, ProgressListener.NONE));
    assertArrayEquals(content, store.read(expected.hash(), size));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 16_385, 1_048_583})
  void addStream_anySize_reportsProgressToTheEnd(int size) {
    byte[] content = TestContent.ofSize(size);
    List<Long> progress = new ArrayList<>();
    BlobInfo info = store.add(new ByteArrayInputStream(content), (done, total) -> progress.add(done));
    assertEquals(new BlobInfo(Hash.ofContent(content), size), info);
    assertEquals(size, progress.get(progress.size() - 1));
    assertArrayEquals(content, store.read(info.hash(), size));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void addStream_whenDone_leavesItOpen(int size) {
    boolean[] closed = new boolean[1];
    InputStream content =
        new ByteArrayInputStream(TestContent.ofSize(size)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    store.add(content, ProgressListener.NONE);
    assertFalse(closed[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100_000})
  void addStream_thatFails_storesNothing(int size) {
    byte[] content = TestContent.ofSize(size);
    InputStream failing = new SequenceInputStream(new ByteArrayInputStream(content), new BrokenStream());
    assertThrows(BlobException.class, () -> store.add(failing, ProgressListener.NONE));
    assertEquals(new BlobStatus.Missing(), store.status(Hash.ofContent(content)));
  }

  @Test
  void addPath_copied_needsTheFileNoMore() throws IOException {
    byte[] content = TestContent.ofSize(200_000);
    Path file = file("in", content);
    List<Long> totals = new ArrayList<>();
    BlobInfo info = store.add(file, ImportMode.COPY, (done, total) -> totals.add(total));
    Files.delete(file);
    assertArrayEquals(content, store.read(info.hash(), content.length));
    assertEquals(200_000, totals.get(totals.size() - 1));
  }

  @Test
  void addPath_noSuchFile_isRefused() {
    for (ImportMode mode : ImportMode.values()) {
      assertThrows(BlobException.class, () -> store.add(temp.resolve("none"), mode, ProgressListener.NONE));
    }
  }

  @Test
  void open_completeBlob_readsAtAnyPosition() throws IOException {
    byte[] content = TestContent.ofSize(50_000);
    Hash hash = store.add(content).hash();
    SeekableByteChannel channel = store.open(hash);
    assertEquals(50_000, channel.size());
    ByteBuffer direct = ByteBuffer.allocateDirect(100);
    assertEquals(100, channel.position(40_000).read(direct));
    assertEquals(content[40_005], direct.get(5));
    assertEquals(40_100, channel.position());
    ByteBuffer heap = ByteBuffer.allocate(20_000).position(5);
    assertEquals(9_900, channel.read(heap));
    assertEquals(content[49_999], heap.get(9_904));
    assertEquals(-1, channel.read(heap));
    assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
    channel.close();
    channel.close();
    assertThrows(ClosedChannelException.class, () -> channel.read(heap));
  }

  @Test
  void read_notThereOrTooLong_isRefused() {
    Hash hash = store.add(TestContent.ofSize(1000)).hash();
    assertThrows(BlobNotFoundException.class, () -> store.open(Hash.EMPTY));
    assertThrows(BlobNotFoundException.class, () -> store.read(Hash.EMPTY, 10));
    BlobException tooLong = assertThrows(BlobException.class, () -> store.read(hash, 999));
    assertFalse(tooLong instanceof BlobNotFoundException);
  }

  @Test
  void export_overAFile_replacesIt() throws IOException {
    byte[] content = TestContent.ofSize(300_000);
    Hash hash = store.add(content).hash();
    Path target = file("out", new byte[] {1});
    List<Long> progress = new ArrayList<>();
    store.export(hash, target, (done, total) -> progress.add(done));
    assertArrayEquals(content, Files.readAllBytes(target));
    assertEquals(300_000, progress.get(progress.size() - 1));
    store.export(store.add(new byte[0]).hash(), target, ProgressListener.NONE);
    assertEquals(0, Files.size(target));
    Path longName = temp.resolve("n".repeat(255));
    store.export(hash, longName, ProgressListener.NONE);
    assertEquals(300_000, Files.size(longName));
  }

  @Test
  void export_notThere_leavesTheTargetAndNothingBesideIt() throws IOException {
    Path target = file("out", new byte[] {1});
    assertThrows(BlobNotFoundException.class, () -> store.export(Hash.EMPTY, target, ProgressListener.NONE));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(target));
    Hash hash = store.add(new byte[] {2}).hash();
    Path noFolder = temp.resolve("none").resolve("out");
    assertThrows(BlobException.class, () -> store.export(hash, noFolder, ProgressListener.NONE));
    Path folder = Files.createDirectories(temp.resolve("full").resolve("inside")).getParent();
    assertThrows(BlobException.class, () -> store.export(hash, folder, ProgressListener.NONE));
    try (Stream<Path> left = Files.list(temp)) {
      assertTrue(left.noneMatch(path -> path.getFileName().toString().endsWith(".tmp")));
    }
  }

  @Test
  void tags_setReplacedAndTaken_areListedInOrder() {
    Hash one = store.add(new byte[] {1}).hash();
    Hash two = store.add(new byte[] {2}).hash();
    store.tag("b", one);
    store.tag("a\n\"", two);
    store.tag("b", two);
    assertEquals("{a\n\"=" + two + ", b=" + two + "}", store.tags().toString());
    assertTrue(store.untag("b"));
    assertFalse(store.untag("b"));
    assertEquals(Map.of("a\n\"", two), store.tags());
  }

  @Test
  void collectGarbage_keepsWhatIsNeeded() throws IOException {
    Hash tagged = store.add(new byte[] {1}).hash();
    Hash asked = store.add(TestContent.ofSize(20_000)).hash();
    Hash opened = store.add(TestContent.ofSize(40_000)).hash();
    Hash small = store.add(new byte[] {2}).hash();
    Hash large = store.add(TestContent.ofSize(30_000)).hash();
    store.tag("keep", tagged);
    store.protect(sink -> sink.accept(asked));
    try (SeekableByteChannel channel = store.open(opened)) {
      assertEquals(2, store.collectGarbage());
      assertEquals(new BlobStatus.Missing(), store.status(small));
      assertEquals(new BlobStatus.Missing(), store.status(large));
      assertEquals(40_000, channel.read(ByteBuffer.allocate(50_000)));
    }
    assertEquals(1, store.collectGarbage());
    assertEquals(new BlobStatus.Complete(1), store.status(tagged));
    assertEquals(20_000, store.read(asked, 20_000).length);
    assertEquals(0, store.collectGarbage());
    assertEquals(large, store.add(TestContent.ofSize(30_000)).hash());
    assertEquals(30_000, store.read(large, 30_000).length);
  }

  @Test
  void collectGarbage_callbackThatFails_deletesNothing() {
    Hash hash = store.add(new byte[] {1}).hash();
    store.protect(
        sink -> {
          throw new BlobException("no on purpose");
        });
    assertThrows(BlobException.class, () -> store.collectGarbage());
    assertEquals(new BlobStatus.Complete(1), store.status(hash));
  }

  @Test
  void collectGarbage_blobAddedMeanwhile_isKept() {
    byte[] content = {1, 2, 3};
    Hash hash = store.add(content).hash();
    store.protect(sink -> store.add(content));
    assertEquals(0, store.collectGarbage());
    assertEquals(new BlobStatus.Complete(3), store.status(hash));
  }

  @Test
  void open_unknownOption_isRefusedByName() {
    store.close();
    BlobException refusal = assertThrows(BlobException.class, () -> open(Map.of("colour", "red")));
    assertTrue(refusal.getMessage().contains("colour"));
    assertThrows(BlobException.class, () -> open(Map.of("max-fetches", "-1")));
  }

  @Test
  void close_twice_refusesEverythingAfterwards() {
    Hash hash = store.add(new byte[] {1}).hash();
    store.close();
    store.close();
    assertThrows(BlobException.class, () -> store.add(new byte[] {1}));
    assertThrows(BlobException.class, () -> store.open(hash));
    assertThrows(BlobException.class, () -> store.sync());
    assertThrows(BlobException.class, () -> store.collectGarbage());
  }

  @Test
  void when_manyThreadsAddTheSameAndOther_then_allIsThere() {
    List<CompletableFuture<Void>> adders = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      int number = thread;
      adders.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 100; i++) {
                  store.add(("common " + i).getBytes(StandardCharsets.UTF_8));
                  store.add(TestContent.ofSize(17_000 + i));
                  store.add(("own " + number + " " + i).getBytes(StandardCharsets.UTF_8));
                }
              },
              environment.executor().io()));
    }
    adders.forEach(CompletableFuture::join);
    for (int i = 0; i < 100; i++) {
      byte[] common = ("common " + i).getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(common, store.read(Hash.ofContent(common), 100));
      byte[] large = TestContent.ofSize(17_000 + i);
      assertArrayEquals(large, store.read(Hash.ofContent(large), 20_000));
    }
  }

  /** Fails at the first byte. */
  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken on purpose");
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
      return read();
    }
  }
}
