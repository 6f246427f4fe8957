package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fills a disk of 12 MiB, which only the test's own process can see (a tmpfs in a mount namespace). */
class FullDiskTest {
  @TempDir Path disk;
  @TempDir Path temporary;

  private static List<String> mounted(Path disk) {
    return List.of(
        "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
        "mount -t tmpfs -o size=12m tmpfs \"$0\" && exec \"$@\"", disk.toString());
  }

  private void requireMount() throws InterruptedException {
    List<String> command = new ArrayList<>(mounted(disk));
    command.add("true");
    boolean works;
    try {
      works = new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      works = false;
    }
    Assumptions.assumeTrue(works, "no disk can be mounted here for one process: a full one is not tried");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lmdb", "rocksdb"})
  @Timeout(120)
  void when_theDiskIsFull_then_theStoreSaysSoAndLosesNothing(String store) throws Exception {
    requireMount();
    try (ChildJvm child =
        ChildJvm.start(mounted(disk), temporary, FullDiskWriter.class, store, disk.toString())) {
      List<String> said = new ArrayList<>();
      for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
        said.add(line.get());
      }
      System.out.println(store + ": " + said);
      assertEquals(0, child.end(), () -> said + complaints(child));
      assertTrue(said.containsAll(List.of(FullDiskWriter.FULL, FullDiskWriter.FULL_AGAIN, FullDiskWriter.GOES_ON)),
          said::toString);
    }
    try (var left = Files.list(disk)) {
      assertEquals(0, left.count(), "the disk was the child's alone");
    }
  }

  private static String complaints(ChildJvm child) {
    try {
      return child.complaints();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
