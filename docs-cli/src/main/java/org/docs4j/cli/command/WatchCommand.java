package org.docs4j.cli.command;

import java.util.List;
import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Key;
import org.docs4j.cli.live.LiveSession;
import org.docs4j.cli.node.Selection;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Syncs a document with the peers it knows and prints what happens. */
@Command(
    name = "watch",
    description = "Keep a document in sync with the peers it was synced with before, and print what happens.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Runnable {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "The document.")
  private String doc = Selection.ONLY;

  @Parameters(index = "1", arity = "0..1", paramLabel = "PREFIX", description = "Only keys that begin with it.")
  private @Nullable String prefix;

  @Mixin private final KeyForm form = new KeyForm();

  WatchCommand(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public void run() {
    Key wanted = prefix == null ? Key.EMPTY : form.parse(prefix);
    Output output = options.output(surroundings);
    Foreground foreground = new Foreground(surroundings, output);
    foreground.printer().watch(wanted);
    try (Docs docs = options.opener(surroundings, output).openReachable(false);
        Doc opened = docs.open(Selection.find(docs, doc));
        LiveEvents events = opened.subscribe()) {
      opened.startSync(List.of());
      output.remark(Messages.node(docs.addr(), opened.id()));
      foreground.takeLines(docs, opened);
      LiveSession.run(events, foreground.printer()::print, foreground.end());
    }
  }
}
