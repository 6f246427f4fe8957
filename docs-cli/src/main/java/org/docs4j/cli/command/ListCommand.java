package org.docs4j.cli.command;

import java.util.stream.Stream;
import org.docs4j.api.Query;
import org.docs4j.api.model.Entry;
import org.docs4j.cli.output.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists documents, or the entries of one. */
@Command(
    name = "ls",
    description = "List the documents, or the newest entry at each key of one.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {
  private final Workspace workspace;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "The document.")
  private @Nullable String doc;

  @Parameters(index = "1", arity = "0..1", paramLabel = "PREFIX", description = "Only keys that begin with it.")
  private @Nullable String prefix;

  @Option(names = "--all", description = "The entries of every author, deletions included.")
  private boolean all;

  @Mixin private final KeyForm form = new KeyForm();

  ListCommand(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void run() {
    String name = doc;
    if (name == null) {
      workspace.listDocuments();
      return;
    }
    Query base = all ? Query.all().withEmpty().withSort(Query.Sort.KEY_AUTHOR, false) : Query.singleLatestPerKey();
    Query query = prefix == null ? base : base.withKeys(new Query.KeyFilter.Prefix(form.parse(prefix)));
    workspace.withDoc(
        name,
        (docs, opened) -> {
          try (Stream<Entry> entries = opened.query(query)) {
            entries.forEach(entry -> workspace.output().print(Messages.entry(entry)));
          }
        });
  }
}
