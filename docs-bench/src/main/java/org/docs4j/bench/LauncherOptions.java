package org.docs4j.bench;

import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that the launcher of the command line gives the JVM, from the same files: the folder {@code jvm} of docs-cli
 * has one for each version since which they hold, in the format of the {@code java} command's argument files.
 */
final class LauncherOptions {
  private static final int OLDEST = 17;
  private static final String VECTOR = "jdk.incubator.vector";

  private LauncherOptions() {}

  /** Those for this JVM, for a node that runs for long. */
  static List<String> of(Path folder) {
    List<String> options = new ArrayList<>();
    for (int version = OLDEST; version <= Runtime.version().feature(); version++) {
      Path file = folder.resolve(Integer.toString(version));
      if (Files.exists(file)) {
        options.add("@" + file);
      }
    }
    if (options.isEmpty()) {
      throw new BenchException("the launcher's options are not in " + folder);
    }
    if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
      options.addAll(List.of("--add-modules", VECTOR));
    }
    return options;
  }
}
