package org.docs4j.cli.command;

import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import picocli.CommandLine.Command;

/** Makes a document. */
@Command(name = "create", description = "Make a document and print its id.", mixinStandardHelpOptions = true)
final class CreateCommand implements Runnable {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  CreateCommand(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public void run() {
    Output output = options.output(surroundings);
    try (Docs docs = options.opener(surroundings, output).createQuietly();
        Doc doc = docs.create()) {
      output.print(Messages.created(doc.id()));
    }
  }
}
