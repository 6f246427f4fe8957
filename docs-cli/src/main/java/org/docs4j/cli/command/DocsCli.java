package org.docs4j.cli.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.docs4j.api.DocsException;
import org.docs4j.cli.demo.DemoCommand;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line application, in the surroundings of a process or of a test. */
public final class DocsCli {
  private final Surroundings surroundings;
  private final DocsCommand root = new DocsCommand();
  private final CommandLine line = new CommandLine(root);

  /** The application; does nothing yet. */
  public DocsCli(Surroundings surroundings) {
    this.surroundings = surroundings;
    Workspace folder = new FolderWorkspace(surroundings, root.options());
    line.addSubcommand(new CreateCommand(surroundings, root.options()))
        .addSubcommand(new SetCommand(folder))
        .addSubcommand(new GetCommand(folder))
        .addSubcommand(new ListCommand(folder))
        .addSubcommand(new RemoveCommand(folder))
        .addSubcommand(new ShareCommand(surroundings, root.options()))
        .addSubcommand(new JoinCommand(surroundings, root.options()))
        .addSubcommand(new WatchCommand(surroundings, root.options()))
        .addSubcommand(new MirrorCommand(surroundings, root.options()))
        .addSubcommand(new DemoCommand(surroundings, () -> root.options().output(surroundings)));
    line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new DocsCommand.Version()));
    // A value may begin with the character that otherwise names a file with arguments.
    line.setExpandAtFiles(false)
        .setOut(writer(surroundings.out()))
        .setErr(writer(surroundings.err()))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((failure, arguments) -> refuse(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure));
  }

  /** Runs one command and returns its exit code. */
  public int run(String... arguments) {
    try {
      return line.execute(arguments);
    } catch (LinkageError | VirtualMachineError e) {
      // A native library that does not load, or memory that ran out: for a person this is a failure like any other.
      return fail(new DocsException("the program cannot go on: " + e, e));
    }
  }

  private int execute(CommandLine.ParseResult parsed) {
    Logging.configure(root.options().debug());
    return new CommandLine.RunLast().execute(parsed);
  }

  private int refuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    // What was typed may be wrong in more than one place: the flag counts wherever it stands.
    Output output = output();
    if (output.isJson()) {
      output.print(Messages.error(failure.getMessage(), Failures.BAD_INPUT));
    }
    output.note("docs: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      output.note("Try docs " + (command.getParent() == null ? "" : command.getCommandName() + " ") + "--help");
    }
    command.getErr().flush();
    return Failures.BAD_INPUT;
  }

  private int fail(Exception failure) {
    int code = Failures.exitCode(failure);
    Output output = output();
    if (output.isJson()) {
      output.print(Messages.error(Failures.sentence(failure), code));
    }
    output.note("docs: " + Failures.sentence(failure));
    if (root.options().debug()) {
      failure.printStackTrace(surroundings.err());
    }
    return code;
  }

  private Output output() {
    return root.options().output(surroundings);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
