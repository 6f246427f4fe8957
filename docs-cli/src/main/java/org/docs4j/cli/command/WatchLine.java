package org.docs4j.cli.command;

import org.docs4j.api.model.Key;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The line {@code watch}: says which events are printed. */
@Command(name = "watch", description = "Print events: all, or only those at keys that begin with PREFIX.")
final class WatchLine implements Runnable {
  private final Workspace workspace;
  private final EventPrinter printer;

  @Parameters(index = "0", paramLabel = "DOC", description = "The document.", hidden = true)
  private String doc = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "PREFIX", description = "Only keys that begin with it.")
  private @Nullable String prefix;

  @Option(names = "--off", description = "Print no events.")
  private boolean off;

  @Mixin private final KeyForm form = new KeyForm();

  WatchLine(Workspace workspace, EventPrinter printer) {
    this.workspace = workspace;
    this.printer = printer;
  }

  @Override
  public void run() {
    Key wanted = prefix == null ? Key.EMPTY : form.parse(prefix);
    workspace.withDoc(
        doc,
        (docs, opened) -> {
          if (off) {
            printer.silence();
          } else {
            printer.watch(wanted);
          }
        });
  }
}
