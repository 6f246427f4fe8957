package org.docs4j.blobs.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.docs4j.api.BlobNotFoundException;
import org.docs4j.api.model.Hash;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.blobs.BlobStatus;
import org.docs4j.api.spi.blobs.BlobStore;
import org.docs4j.api.spi.blobs.BlobsConfig;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.blobs.TestContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose process was killed, or whose machine lost its power. */
class CrashTest {
  private static final byte[] LARGE = TestContent.ofSize(100_000);

  @TempDir Path temp;
  private final Environment environment = Environment.system();

  @AfterEach
  void closeEnvironment() {
    environment.close();
  }

  private Path folder() throws IOException {
    return Files.createDirectories(temp.resolve("store"));
  }

  private BlobStore open(Path folder) {
    return FileBlobStore.open(new BlobsConfig(Optional.of(folder), Map.of(), environment));
  }

  /** What another process would find if this one were killed now. */
  private Path killed() throws IOException {
    Path copy = temp.resolve("copy");
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.toList()) {
        Path target = copy.resolve(folder().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return copy;
  }

  @Test
  void when_killed_then_everythingAddedIsThere() throws IOException {
    try (BlobStore store = open(folder())) {
      Hash small = store.add(new byte[] {1}).hash();
      Hash large = store.add(LARGE).hash();
      store.tag("name", large);
      try (BlobStore again = open(killed())) {
        assertArrayEquals(new byte[] {1}, again.read(small, 10));
        assertArrayEquals(LARGE, again.read(large, 100_000));
        assertEquals(Map.of("name", large), again.tags());
      }
    }
  }

  @Test
  void when_theLastIndexRecordIsTorn_then_onlyThatOneIsLost() throws IOException {
    Hash one;
    Hash two;
    Path copy;
    try (BlobStore store = open(folder())) {
      one = store.add(new byte[] {1}).hash();
      two = store.add(new byte[] {2}).hash();
      copy = killed();
    }
    try (RandomAccessFile index = new RandomAccessFile(copy.resolve("index").toFile(), "rw")) {
      index.setLength(index.length() - 30);
    }
    try (BlobStore again = open(copy)) {
      assertEquals(new BlobStatus.Complete(1), again.status(one));
      assertEquals(new BlobStatus.Missing(), again.status(two));
      assertEquals(two, again.add(new byte[] {2}).hash());
    }
    try (BlobStore again = open(copy)) {
      assertArrayEquals(new byte[] {2}, again.read(two, 1));
      assertArrayEquals(new byte[] {1}, again.read(one, 1));
    }
  }

  @Test
  void when_powerWasLostBeforeTheDataWasWritten_then_theBlobIsMissingAndNeverWrong() throws IOException {
    Hash small;
    Hash large;
    Path copy;
    try (BlobStore store = open(folder())) {
      small = store.add(TestContent.ofSize(1000)).hash();
      large = store.add(LARGE).hash();
      copy = killed();
    }
    Files.write(copy.resolve("small").resolve("00000001.pack"), new byte[1000]);
    Path data = new StoreFolder(copy).data(large);
    Files.write(data, new byte[5000], StandardOpenOption.WRITE);
    try (BlobStore again = open(copy)) {
      assertThrows(BlobNotFoundException.class, () -> again.read(small, 1000));
      assertThrows(BlobNotFoundException.class, () -> again.read(large, 100_000));
      assertEquals(new BlobStatus.Missing(), again.status(small));
      assertEquals(new BlobStatus.Missing(), again.status(large));
      again.add(TestContent.ofSize(1000));
      again.add(LARGE);
      assertArrayEquals(LARGE, again.read(large, 100_000));
      assertEquals(1000, again.read(small, 1000).length);
    }
  }

  @Test
  void when_aDamagedBlobIsNotReadBeforeTheNextClose_then_itIsStillFoundOut() throws IOException {
    Hash large;
    Path copy;
    try (BlobStore store = open(folder())) {
      large = store.add(LARGE).hash();
      copy = killed();
    }
    Files.write(new StoreFolder(copy).data(large), new byte[5000], StandardOpenOption.WRITE);
    open(copy).close();
    try (BlobStore again = open(copy)) {
      assertEquals(new BlobStatus.Missing(), again.status(large));
    }
  }

  @Test
  void prove_withASuspect_leavesItUnproven() throws IOException {
    folder();
    StoreFolder store = new StoreFolder(folder());
    store.prepare();
    Set<Hash> suspects = Set.of(Hash.EMPTY);
    try (BlobIndex index = BlobIndex.open(store.index());
        SmallPacks packs = new SmallPacks(store.packs(), 1000)) {
      index.put(Hash.EMPTY, new Located.Large(20_000));
      index.put(Hash.ofContent(LARGE), new Located.Large(20_000));
      new Durable(store, index, packs, new Object(), suspects).sync();
    }
    try (BlobIndex index = BlobIndex.open(store.index())) {
      assertEquals(suspects, index.unproven());
    }
  }

  @Test
  void when_aRecordInTheMiddleIsDamaged_then_theOthersStay() throws IOException {
    try (BlobStore store = open(folder())) {
      for (int i = 0; i < 5; i++) {
        store.add(new byte[] {(byte) i});
      }
    }
    try (RandomAccessFile index = new RandomAccessFile(folder().resolve("index").toFile(), "rw")) {
      index.seek(2 * 64 + 30);
      index.write(new byte[20]);
    }
    try (BlobStore again = open(folder())) {
      for (int i = 0; i < 5; i++) {
        Hash hash = Hash.ofContent(new byte[] {(byte) i});
        assertEquals(i == 2 ? new BlobStatus.Missing() : new BlobStatus.Complete(1), again.status(hash));
      }
    }
  }

  @Test
  void when_mostOfTheIndexIsOutOfDate_then_openingShortensIt() throws IOException {
    Hash kept;
    try (BlobStore store = open(folder())) {
      kept = store.add(LARGE).hash();
      store.tag("kept", kept);
      for (int i = 0; i < 3000; i++) {
        store.add(TestContent.ofSize(i));
      }
      store.collectGarbage();
    }
    long before = Files.size(folder().resolve("index"));
    open(folder()).close();
    long after = Files.size(folder().resolve("index"));
    assertTrue(after < 1000 && before > 6000 * 64, before + " to " + after);
    try (BlobStore again = open(folder())) {
      assertArrayEquals(LARGE, again.read(kept, 100_000));
    }
  }

  @Test
  void when_temporaryFilesAreLeft_then_openingDeletesThem() throws IOException {
    open(folder()).close();
    Path left = Files.write(folder().resolve("temp").resolve("x.data"), new byte[10]);
    open(folder()).close();
    assertTrue(Files.notExists(left));
  }

  @Test
  @Timeout(60)
  void when_theProcessIsKilledWhileItAdds_then_whatItSaidIsThere() throws Exception {
    Process adder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                Adder.class.getName(),
                folder().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int said = -1;
    try (BufferedReader out = adder.inputReader(StandardCharsets.UTF_8)) {
      while (said < 300) {
        said = Integer.parseInt(out.readLine());
      }
      adder.destroyForcibly();
      assertTrue(adder.waitFor(20, TimeUnit.SECONDS));
    }
    try (BlobStore again = open(folder())) {
      for (int i = 0; i <= said; i++) {
        byte[] content = Adder.content(i);
        assertArrayEquals(content, again.read(Hash.ofContent(content), 100_000), "blob " + i);
      }
    }
  }

  private static String classPath() throws URISyntaxException {
    StringBuilder path = new StringBuilder();
    for (Class<?> type : new Class<?>[] {CrashTest.class, FileBlobStore.class, FolderLock.class}) {
      path.append(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())).append(File.pathSeparator);
    }
    return path.append(System.getProperty("java.class.path")).toString();
  }

  /** The program of the other process: adds blobs and says which, until it is killed. */
  static final class Adder {
    private Adder() {}

    static byte[] content(int number) {
      byte[] content = TestContent.ofSize(number % 10 == 0 ? 20_000 + number : number);
      if (content.length > 4) {
        content[3] = (byte) number;
        content[4] = (byte) (number >> 8);
      }
      return content;
    }

    public static void main(String[] args) {
      try (Environment environment = Environment.system();
          BlobStore store = FileBlobStore.open(new BlobsConfig(Optional.of(Path.of(args[0])), Map.of(), environment))) {
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
          store.add(content(i));
          System.out.println(i);
        }
      }
    }
  }
}
