package org.docs4j.cli.command;

import java.util.stream.Stream;
import org.docs4j.api.Doc;
import org.docs4j.api.Query;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Key;
import org.docs4j.cli.node.CommandFailedException;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes. */
@Command(
    name = "rm",
    description = "Delete what is at a key, and your own entries at longer keys that begin with it.",
    mixinStandardHelpOptions = true)
final class RemoveCommand implements Runnable {
  private final Workspace workspace;

  @Parameters(index = "0", paramLabel = "DOC", description = "The document.")
  private String doc = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The key, a text.")
  private String key = "";

  @Mixin private final KeyForm form = new KeyForm();

  RemoveCommand(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void run() {
    Key parsed = form.parse(key);
    workspace.withDoc(
        doc,
        (docs, opened) -> {
          if (opened.get(parsed).isEmpty() && !hasOwnBelow(opened, parsed)) {
            throw new CommandFailedException("there is nothing to delete at " + Plain.key(parsed));
          }
          workspace.output().print(Messages.removed(opened.delete(opened.defaultAuthor(), parsed)));
        });
  }

  private static boolean hasOwnBelow(Doc doc, Key prefix) {
    Query own = Query.prefix(prefix).withAuthor(doc.defaultAuthor()).withPage(0, 1);
    try (Stream<Entry> entries = doc.query(own)) {
      return entries.findAny().isPresent();
    }
  }
}
