package org.docs4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.spi.Ticker;
import org.docs4j.cli.live.EndSwitch;
import org.docs4j.cli.live.LineWords;
import org.docs4j.cli.node.BadInputException;
import org.docs4j.cli.node.Selection;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * Carries out the lines that a person types while a document is live: the commands of the same names, with the document
 * left out. Used by one thread.
 */
final class LineInterpreter {
  /** Commands whose first word may be the document. */
  private static final Set<String> WITH_DOC = Set.of("set", "get", "ls", "rm", "share", "watch");

  private static final int CLEAR_PREFIX = 8;

  private final Doc doc;
  private final Output output;
  private final CommandLine line;

  LineInterpreter(Docs docs, Doc doc, Output output, Ticker ticker, EventPrinter printer, EndSwitch end) {
    this.doc = doc;
    this.output = output;
    Workspace workspace = new LiveWorkspace(docs, doc, output, ticker);
    this.line =
        new CommandLine(new Root())
            .addSubcommand(new SetCommand(workspace))
            .addSubcommand(new GetCommand(workspace))
            .addSubcommand(new ListCommand(workspace))
            .addSubcommand(new RemoveCommand(workspace))
            .addSubcommand(new ShareLine(workspace))
            .addSubcommand(new WatchLine(workspace, printer))
            .addSubcommand(new QuitLine(end))
            .addSubcommand(new CommandLine.HelpCommand());
    line.setExpandAtFiles(false)
        .setParameterExceptionHandler((failure, words) -> refuse(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
  }

  /** Carries a line out; whatever goes wrong is printed, and the next line is welcome. */
  void accept(String text) {
    try {
      List<String> words = new ArrayList<>(LineWords.split(text));
      if (words.isEmpty()) {
        return;
      }
      if (WITH_DOC.contains(words.get(0)) && !(words.size() > 1 && namesDoc(words.get(1)))) {
        words.add(1, Selection.ONLY);
      }
      line.execute(words.toArray(String[]::new));
    } catch (BadInputException e) {
      report(e);
    }
  }

  /** A short word is rather a key than the beginning of the id. */
  private boolean namesDoc(String word) {
    return word.equals(Selection.ONLY) || (word.length() >= CLEAR_PREFIX && Selection.isMeant(doc.id(), word));
  }

  private int refuse(ParameterException failure) {
    return report(new BadInputException(failure.getMessage() + "; quote what contains spaces; help lists the commands", failure));
  }

  private int report(Exception failure) {
    int code = Failures.exitCode(failure);
    if (output.isJson()) {
      output.print(Messages.error(Failures.sentence(failure), code));
    }
    output.note("docs: " + Failures.sentence(failure));
    return code;
  }

  /** The commands that a line can hold. */
  @Command(name = "", description = "Commands on the document that is live here.")
  static final class Root implements Runnable {
    @Override
    public void run() {
      // An empty line; they do not come here.
    }
  }

  /** Ends the foreground work. */
  @Command(name = "quit", aliases = "exit", description = "End this process.")
  static final class QuitLine implements Runnable {
    private final EndSwitch end;

    QuitLine(EndSwitch end) {
      this.end = end;
    }

    @Override
    public void run() {
      end.turnOn();
    }
  }
}
