package org.docs4j.store.lmdb;

import static org.docs4j.store.lmdb.LmdbTestStores.TABLE;
import static org.docs4j.store.lmdb.LmdbTestStores.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.StoreFullException;
import org.docs4j.api.spi.store.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is allowed no more address space (prlimit, Linux) keeps its map and goes on. */
@EnabledOnOs(OS.LINUX)
class LmdbAddressSpaceTest {
  private static final int MAP_BYTES = 256 << 20;
  private static final int VALUE_BYTES = 4 << 20;
  private static final long ROOM_KIB = 128 << 10;

  @TempDir Path folder;

  @Test
  void when_theMapCannotGrow_then_theStoreFillsTheOneItHasAndStaysReadable() throws Exception {
    Path store = Files.createDirectory(folder.resolve("store"));
    Path said = folder.resolve("said.txt");
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Djava.io.tmpdir=" + folder,
        "-cp", classPath(), Child.class.getName(), store.toString());
    Process child =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = child.waitFor(2, TimeUnit.MINUTES);
    child.destroyForcibly();
    assertTrue(ended, () -> "no end: " + said);
    assertEquals(0, child.exitValue(), () -> text(said));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String classPath() {
    Path tests = Path.of(URI.create(Child.class.getResource("/" + Child.class.getName().replace('.', '/') + ".class").toString()));
    for (int i = Child.class.getName().split("\\.").length; i > 0; i--) {
      tests = tests.getParent();
    }
    List<String> all = new ArrayList<>(List.of(tests.toString()));
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      Optional.ofNullable(System.getProperty(property)).filter(path -> !path.isEmpty()).ifPresent(all::add);
    }
    return String.join(File.pathSeparator, all);
  }

  /** Fills a store to the end of its map; ends with 0 if all that was committed can be read then. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Map<String, String> options = Map.of("map-size", Integer.toString(MAP_BYTES));
      try (KeyValueStore store = LmdbTestStores.open(Path.of(arguments[0]), options)) {
        forbidMore();
        int committed = fill(store);
        if (committed < MAP_BYTES / 10 * 8 / VALUE_BYTES || LmdbTestStores.count(store) != committed) {
          throw new AssertionError(committed + " committed, " + LmdbTestStores.count(store) + " there");
        }
        try (var txn = store.write()) {
          txn.delete(TABLE, key(0));
        }
      }
    }

    private static void forbidMore() throws Exception {
      long used = Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmSize:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
      Process limiter = new ProcessBuilder(
              "prlimit", "--pid", Long.toString(ProcessHandle.current().pid()), "--as=" + ((used + ROOM_KIB) << 10))
          .inheritIO()
          .start();
      if (limiter.waitFor() != 0) {
        throw new AssertionError("prlimit failed");
      }
    }

    private static int fill(KeyValueStore store) {
      for (int i = 0; ; i++) {
        try {
          LmdbTestStores.fill(store, i, i + 1, VALUE_BYTES);
        } catch (StoreFullException e) {
          return i;
        }
      }
    }
  }
}
