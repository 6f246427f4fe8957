package org.docs4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The line {@code share}: prints a ticket for the document that is live. */
@Command(name = "share", description = "Print a ticket.")
final class ShareLine implements Runnable {
  private final Workspace workspace;

  @Parameters(index = "0", paramLabel = "DOC", description = "The document.", hidden = true)
  private String doc = "";

  @Mixin private final TicketOptions ticket = new TicketOptions();

  ShareLine(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public void run() {
    workspace.withDoc(doc, (docs, opened) -> workspace.output().print(ticket.share(opened)));
  }
}
