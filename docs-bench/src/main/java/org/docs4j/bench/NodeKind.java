package org.docs4j.bench;

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A kind of node that takes part.
 *
 * @param name the heading of its column
 * @param command what starts one
 */
record NodeKind(String name, List<String> command) {
  private static final int NATIVE_ACCESS_SINCE = 22;
  private static final int UNSAFE_OPTION_SINCE = 23;

  /** The heading of our column. */
  static final String OURS = "Docs4J";

  /** Our {@link Agent}, on this JVM and class path, with the options that the launcher of the command line gives. */
  static NodeKind ours(Path temporary, String furtherOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true");
    command.add("-Djava.io.tmpdir=" + temporary);
    int version = Runtime.version().feature();
    if (version >= NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version >= UNSAFE_OPTION_SINCE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
      command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    Arrays.stream(furtherOptions.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Agent.class.getName()));
    return new NodeKind(OURS, List.copyOf(command));
  }

  /** A program that takes the same commands. */
  static NodeKind peer(String name, Path program) {
    return new NodeKind(name, List.of(program.toString()));
  }
}
