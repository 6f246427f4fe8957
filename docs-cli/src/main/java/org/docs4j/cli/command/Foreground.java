package org.docs4j.cli.command;

import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.cli.live.EndSwitch;
import org.docs4j.cli.live.Lines;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Output;

/** What all commands that stay in the foreground have in common: an end, and lines of commands. */
final class Foreground {
  private final Surroundings surroundings;
  private final Output output;
  private final EventPrinter printer;
  private final EndSwitch end = new EndSwitch();

  Foreground(Surroundings surroundings, Output output) {
    this.surroundings = surroundings;
    this.output = output;
    this.printer = new EventPrinter(output);
    surroundings.signals().accept(end::turnOn);
  }

  EndSwitch end() {
    return end;
  }

  EventPrinter printer() {
    return printer;
  }

  /** Carries out the lines of standard input from now on, on a thread of their own. */
  void takeLines(Docs docs, Doc doc) {
    LineInterpreter lines =
        new LineInterpreter(docs, doc, output, surroundings.environment().ticker(), printer, end);
    surroundings.environment().executor().io().execute(() -> Lines.feed(surroundings.in(), end, lines::accept));
  }
}
