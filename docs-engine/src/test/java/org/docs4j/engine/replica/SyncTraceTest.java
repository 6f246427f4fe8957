package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.docs4j.api.spi.store.Durability;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows with strace that a durable commit is on the disk before it is answered: what a kill cannot show, since the system
 * keeps what a killed process wrote.
 */
@Timeout(120)
class SyncTraceTest {
  @TempDir Path temporary;

  private List<SyncTrace.Commit> trace(String store, Durability durability) throws Exception {
    Path folder = Files.createDirectory(temporary.toRealPath().resolve("store"));
    Path trace = temporary.resolve("trace.txt");
    requireStrace();
    List<String> strace =
        List.of("strace", "-f", "-y", "-s", "64", "-e", "trace=" + SyncTrace.CALLS, "-o", trace.toString());
    try (ChildJvm child =
        ChildJvm.start(strace, temporary, SyncWriter.class, store, folder.toString(), durability.name())) {
      assertEquals(0, child.end(), child.complaints());
    }
    List<SyncTrace.Commit> commits = SyncTrace.read(Files.readAllLines(trace), folder.toString());
    assertEquals(SyncWriter.COMMITS, commits.size(), "commits that were seen");
    return commits;
  }

  private static void requireStrace() throws InterruptedException {
    boolean works;
    try {
      works = new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException e) {
      works = false;
    }
    Assumptions.assumeTrue(works, "there is no strace here that may trace a process: syncing is not shown");
  }

  private static void assertSynced(List<SyncTrace.Commit> commits, Predicate<String> data) {
    for (SyncTrace.Commit commit : commits) {
      assertTrue(commit.synced().stream().anyMatch(data), "synced before the answer: " + commit);
      assertEquals(List.of(), commit.dirty().stream().filter(data).toList(), "written, not synced, and answered");
    }
  }

  @Test
  void commit_durableInLmdb_isSyncedBeforeItIsAnswered() throws Exception {
    assertSynced(trace("lmdb", Durability.SYNC), "data.mdb"::equals);
  }

  @Test
  void commit_durableInRocksDb_isSyncedBeforeItIsAnswered() throws Exception {
    assertSynced(trace("rocksdb", Durability.SYNC), SyncTraceTest::isLog);
  }

  /** Also shows that the trace can tell the difference. */
  @Test
  void commit_lazyInRocksDb_isWrittenAndNotSynced() throws Exception {
    for (SyncTrace.Commit commit : trace("rocksdb", Durability.LAZY)) {
      assertEquals(Set.of(), commit.synced());
      assertTrue(commit.dirty().stream().anyMatch(SyncTraceTest::isLog), "the log is written: " + commit);
    }
  }

  private static boolean isLog(String file) {
    return file.endsWith(".log");
  }

  @Test
  void read_callsThatInterleave_countWritesFromTheirBeginningAndSyncsFromTheirEnd() {
    List<String> lines = List.of(
        "1 openat(AT_FDCWD</x>, \"/s/data\", O_RDWR|O_DSYNC) = 7</s/data>",
        "1 write(1</x/out>, \"begin 0\\n\", 8) = 8",
        "1 pwrite64(5</s/data>, \"...\", 4096, 0) = 4096",
        "1 fdatasync(5</s/data> <unfinished ...>",
        "2 write(9</s/other>, \"...\", 3) = 3",
        "1 <... fdatasync resumed>) = 0",
        "1 pwrite64(7</s/data>, \"...\", 100, 0) = 100",
        "1 write(1</x/out>, \"answered 0\\n\", 11 <unfinished ...>",
        "1 <... write resumed>) = 11",
        "1 write(1</x/out>, \"begin 1\\n\", 8) = 8",
        "1 pwrite64(5</s/data>, \"...\", 4096, 0) = 4096",
        "2 fdatasync(5</s/data> <unfinished ...>",
        "1 write(1</x/out>, \"answered 1\\n\", 11) = 11",
        "2 <... fdatasync resumed>) = 0");
    assertEquals(
        List.of(
            new SyncTrace.Commit(Set.of("data"), Set.of("other")),
            new SyncTrace.Commit(Set.of(), Set.of("data", "other"))),
        SyncTrace.read(lines, "/s"));
  }
}
