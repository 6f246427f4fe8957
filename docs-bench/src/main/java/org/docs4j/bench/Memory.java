package org.docs4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a process occupies at one moment, as the system accounts for it.
 *
 * @param resident everything of it that is in memory, in MiB; pages of mapped files count, although they are the system's
 *     cache and it may take them back at any time
 * @param anonymous of that, what belongs to no file, in MiB
 */
public record Memory(double resident, double anonymous) {
  private static final double KIBIS_PER_MEBI = 1024;

  /** Asks the system; empty where it does not tell (it does on Linux). */
  public static Optional<Memory> of(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(status);
      return Optional.of(new Memory(mebis(lines, "VmRSS:"), mebis(lines, "RssAnon:")));
    } catch (IOException e) {
      throw new BenchException("cannot read " + status, e);
    }
  }

  private static double mebis(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBIS_PER_MEBI)
        .sum();
  }
}
