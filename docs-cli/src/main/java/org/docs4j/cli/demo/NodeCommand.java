package org.docs4j.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.docs4j.cli.node.CommandFailedException;

/** How a process starts another one of its kind. */
final class NodeCommand {
  private static final String MAIN_MODULE = "org.docs4j.cli/";
  private static final String MAIN_CLASS = "org.docs4j.cli.Main";

  private NodeCommand() {}

  /**
   * The command line of a process that runs this program with the given arguments: through the launcher that started
   * this one, else with the options of this JVM.
   */
  static List<String> of(List<String> arguments) {
    List<String> command = new ArrayList<>();
    String launcher = System.getProperty("docs4j.launcher", "");
    if (launcher.isEmpty()) {
      command.addAll(ofThisProcess(ProcessHandle.current().info()));
    } else {
      command.add(launcher);
    }
    command.addAll(arguments);
    return command;
  }

  private static List<String> ofThisProcess(ProcessHandle.Info self) {
    List<String> command = new ArrayList<>();
    command.add(self.command().orElseThrow(NodeCommand::unknown));
    List<String> options = Arrays.asList(self.arguments().orElseThrow(NodeCommand::unknown));
    for (String option : options) {
      command.add(option);
      if (option.startsWith(MAIN_MODULE) || option.equals(MAIN_CLASS)) {
        return command;
      }
    }
    throw unknown();
  }

  private static CommandFailedException unknown() {
    return new CommandFailedException("this process cannot tell how it was started: start it with the docs launcher");
  }

  /** Lets a process unpack its native code where it is removed with everything else. */
  static void useTemporary(ProcessBuilder builder, Path folder) {
    if (folder.toString().chars().anyMatch(Character::isWhitespace)) {
      return;
    }
    Map<String, String> variables = builder.environment();
    variables.merge("DOCS_JAVA_OPTS", "-Djava.io.tmpdir=" + folder, (old, added) -> old + " " + added);
  }
}
