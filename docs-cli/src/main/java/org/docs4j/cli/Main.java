package org.docs4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.docs4j.api.spi.Environment;
import org.docs4j.cli.command.DocsCli;
import org.docs4j.cli.node.Signals;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Terminals;

/** The {@code docs} command as a process. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args what the user typed
   */
  public static void main(String[] args) {
    int code;
    try (Environment environment = Environment.system()) {
      Surroundings process =
          new Surroundings(
              System.in,
              utf8(FileDescriptor.out),
              utf8(FileDescriptor.err),
              Terminals.isTerminal(),
              System.getenv(),
              environment,
              Signals::onEnd);
      code = new DocsCli(process).run(args);
    }
    System.exit(code);
  }

  /** Programs read the output, whatever the language of the user is. */
  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }
}
