package org.docs4j.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of node that takes part.
 *
 * @param name the heading of its column
 * @param command what starts one; it must not stand between us and the node, since memory and processor time are those of
 *     the process that it starts
 */
record NodeKind(String name, List<String> command) {
  /** The heading of our column. */
  static final String OURS = "Docs4J";

  /** All that take part, ours first. */
  static List<NodeKind> all(Options options, Path temporary) {
    List<NodeKind> kinds = new ArrayList<>();
    kinds.add(ours(options, temporary));
    if (!options.peer1x().isEmpty()) {
      kinds.add(new NodeKind("iroh-docs 1.x", options.peer1x()));
    }
    if (!options.peer035().isEmpty()) {
      kinds.add(new NodeKind("iroh 0.35.0", options.peer035()));
    }
    return List.copyOf(kinds);
  }

  /** Our {@link Agent}, on this JVM and class path, with the launcher's options. */
  static NodeKind ours(Options options, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LauncherOptions.of(options.launcherOptions()));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(options.jvm());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Agent.class.getName()));
    return new NodeKind(OURS, List.copyOf(command));
  }

  boolean isOurs() {
    return name.equals(OURS);
  }
}
