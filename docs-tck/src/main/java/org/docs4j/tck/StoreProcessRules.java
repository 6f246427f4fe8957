package org.docs4j.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.docs4j.api.StoreLockedException;
import org.docs4j.api.spi.store.Durability;
import org.docs4j.api.spi.store.FolderLock;
import org.docs4j.api.spi.store.KeyValueStore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Rules that take another process: one that has the store, one that is killed, one that must not die. */
abstract class StoreProcessRules extends StoreLifeRules {
  private static final int COMMITS_BEFORE_THE_KILL = 60;
  private static final int KILLS = 3;
  private static final int ROWS = 100;
  private static final int DISK_MIB = 48;
  private static final String MOUNT = "mount -t tmpfs -o size=" + DISK_MIB + "m docs4j-tck \"$0\" && exec \"$@\"";

  /** Options for the JVM of the processes that the kit starts; none unless overridden. */
  protected List<String> jvmOptions() {
    return List.of();
  }

  private StoreProcess process(String... before) {
    return new StoreProcess(getClass(), List.of(before), jvmOptions(), temporary);
  }

  @Test
  public void required_store101_anotherProcessIsRefused() {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    try (StoreProcess other = process()) {
      assertStarts("failed StoreLockedException", other.ask("open", folder), "an open while this process has it");
      commit(store, "a", "1");
      assertEquals("a=1", scan(store), "the open store goes on unharmed");
      store.close();
      assertEquals("opened", other.ask("open", folder), "an open by another process after the close");
      assertThrows(StoreLockedException.class, () -> open(folder), "while another process has it");
      assertEquals("closed", other.ask("close"), "the close by the other process");
    }
    assertEquals("a=1", scan(open(folder)), "after the close by another process");
  }

  /** The intent: what was acknowledged is there after any end of the process, and nothing is there by half. */
  @Test
  public void required_store102_aKilledProcessLosesNothing() {
    assumePersistent();
    for (int kill = 0; kill < KILLS; kill++) {
      Path folder = newFolder();
      int acknowledged;
      try (StoreProcess other = process()) {
        assertEquals("opened", other.ask("open", folder), "an open by another process");
        other.send("commit");
        for (int i = 1; i <= COMMITS_BEFORE_THE_KILL + kill; i++) {
          assertEquals("committed " + i, other.answer(), "a commit by another process");
        }
        acknowledged = COMMITS_BEFORE_THE_KILL + kill + other.kill().size();
      }
      KeyValueStore store = open(folder);
      String held = StoreGuest.summary(store);
      List<String> expected = List.of(StoreGuest.whole(acknowledged), StoreGuest.whole(acknowledged + 1));
      assertTrue(
          expected.contains(held),
          () -> "after a kill the store must hold " + expected.get(0) + ", and one more at most; it holds " + held);
      store.close();
    }
  }

  /** The intent: damage is told, not hidden, and never takes the process with it. */
  @Test
  public void required_store107_damageIsNoticed() throws IOException {
    assumePersistent();
    Path folder = newFolder();
    KeyValueStore store = open(folder);
    for (int i = 1; i <= ROWS; i++) {
      StoreGuest.commit(store, i, 1000, Durability.LAZY);
    }
    store.close();
    String held = StoreGuest.whole(ROWS);
    Map<String, Path> damaged = damaged(folder);
    try (StoreProcess other = process()) {
      for (Map.Entry<String, Path> each : damaged.entrySet()) {
        String seen = other.ask("examine", each.getValue());
        assertTrue(
            seen.startsWith("failed StoreCorruptedException") || seen.equals("holds " + held),
            () -> "with " + each.getKey() + " the store must be refused as corrupted, or hold " + held + "; it " + seen);
      }
    }
  }

  /** Copies of the folder, each with damage of one kind to one file, by a description of it. */
  private Map<String, Path> damaged(Path folder) throws IOException {
    Map<String, Path> result = new TreeMap<>();
    for (Path file : files(folder)) {
      if (Files.size(file) > 0) {
        String name = file.getFileName().toString();
        Path overwritten = copy(folder);
        byte[] garbage = new byte[(int) Math.min(Files.size(file), 1 << 20)];
        new Random(garbage.length).nextBytes(garbage);
        try (RandomAccessFile bytes = new RandomAccessFile(overwritten.resolve(name).toFile(), "rw")) {
          bytes.write(garbage);
        }
        result.put("garbage at the beginning of " + name, overwritten);
        Path cut = copy(folder);
        try (RandomAccessFile bytes = new RandomAccessFile(cut.resolve(name).toFile(), "rw")) {
          bytes.setLength(bytes.length() / 2);
        }
        result.put("the second half missing of " + name, cut);
      }
    }
    return result;
  }

  private Path copy(Path folder) throws IOException {
    Path copy = newFolder();
    for (Path file : files(folder)) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().equals(FolderLock.FILE))
          .sorted()
          .toList();
    }
  }

  /** The intent: a full disk is told apart from other failures, since users can do something about it. */
  @Test
  public void required_store133_aFullDiskLosesNothing() throws IOException, InterruptedException {
    assumePersistent();
    Path disk = newFolder();
    String[] before = {"unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, disk.toString()};
    Assumptions.assumeTrue(canMount(before), "needs a small disk: Linux, and the right to mount in a namespace");
    for (String command : List.of("fill", "fillAndGoOn")) {
      try (StoreProcess other = process(before)) {
        other.send(command, disk.resolve("store"), disk.resolve("ballast"));
        int committed = committed(other);
        assertStarts("refused StoreFullException", other.answer(), "a commit without room");
        assertEquals("holds " + StoreGuest.whole(committed), other.answer(), "what it holds when the disk is full");
        committed = committed(other);
        assertEquals("holds " + StoreGuest.whole(committed), other.answer(), "what it holds when it was opened again");
        assertEquals("holds " + StoreGuest.whole(committed + 1), other.answer(), "what it holds after one commit more");
      }
    }
  }

  private static int committed(StoreProcess other) throws IOException {
    return Integer.parseInt(other.answer().replace("committed ", ""));
  }

  private static boolean canMount(String[] before) throws IOException, InterruptedException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
      return false;
    }
    List<String> command = new ArrayList<>(List.of(before));
    command.add("true");
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertStarts(String expected, String actual, String message) {
    assertTrue(actual.startsWith(expected), () -> message + ": " + expected + " was expected, but it was: " + actual);
  }
}
