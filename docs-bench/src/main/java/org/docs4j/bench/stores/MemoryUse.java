package org.docs4j.bench.stores;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What this process takes of the machine's memory. */
final class MemoryUse {
  private static final double MEBI = 1 << 20;
  private static final int KIBI = 1 << 10;
  private static final Path STATUS = Path.of("/proc/self/status");

  private MemoryUse() {}

  /** What is alive on the heap, in MiB; collects all garbage first. */
  static double heapMebibytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI;
  }

  /** Resident memory without mapped files, in MiB, where the system tells (Linux: RssAnon). */
  static OptionalDouble anonymousMebibytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBI)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
