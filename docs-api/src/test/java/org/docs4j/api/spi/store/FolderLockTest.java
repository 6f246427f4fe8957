package org.docs4j.api.spi.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.StoreException;
import org.docs4j.api.StoreLockedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  @Test
  void acquire_heldByThisProcess_isRefusedUntilGivenBack() {
    FolderLock lock = FolderLock.acquire(folder);
    assertThrows(StoreLockedException.class, () -> FolderLock.acquire(folder));
    Path detour = folder.resolve("..").resolve(folder.getFileName());
    assertThrows(StoreLockedException.class, () -> FolderLock.acquire(detour));
    lock.close();
    FolderLock.acquire(detour).close();
  }

  @Test
  void close_twice_doesNotGiveBackAnothersLock() {
    FolderLock first = FolderLock.acquire(folder);
    first.close();
    FolderLock second = FolderLock.acquire(folder);
    first.close();
    StoreLockedException refusal = assertThrows(StoreLockedException.class, () -> FolderLock.acquire(folder));
    assertEquals("the store in " + folder + " is open in this process already", refusal.getMessage());
    second.close();
  }

  @Test
  void acquire_noSuchFolder_saysSo() {
    Path missing = folder.resolve("missing");
    StoreException refusal = assertThrows(StoreException.class, () -> FolderLock.acquire(missing));
    assertEquals("there is no folder " + missing, refusal.getMessage());
    assertTrue(Files.notExists(missing));
  }

  @Test
  @Timeout(30)
  void when_anotherProcessHoldsAFolderAndIsKilled_then_itIsFreeAgain() throws Exception {
    Process holder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", location(FolderLock.class) + File.pathSeparator + location(FolderLockTest.class),
            Holder.class.getName(), folder.toString())
        .redirectErrorStream(true)
        .start();
    try (BufferedReader out = holder.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("held", out.readLine());
      StoreLockedException refusal = assertThrows(StoreLockedException.class, () -> FolderLock.acquire(folder));
      assertEquals("the store in " + folder + " is open in another process", refusal.getMessage());
    } finally {
      holder.destroyForcibly();
      assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
    }
    FolderLock.acquire(folder).close();
  }

  private static String location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The program of the other process: holds the lock until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      FolderLock lock = FolderLock.acquire(Path.of(args[0]));
      System.out.println("held");
      int end = System.in.read();
      lock.close();
      System.exit(end);
    }
  }
}
