package org.docs4j.transport.quic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process uses, on Linux. */
final class Memory {
  private Memory() {}

  /** Of the heap what is left after a collection, and everything outside of it. */
  static long usedKibibytes() throws Exception {
    System.gc();
    List<String> lines = Files.readAllLines(Path.of("/proc/self/status"));
    String line = lines.stream().filter(each -> each.startsWith("RssAnon")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", "")) - (Runtime.getRuntime().freeMemory() >> 10);
  }
}
