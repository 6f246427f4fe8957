package org.docs4j.cli.command;

import org.docs4j.api.Doc;
import org.docs4j.api.Docs;
import org.docs4j.api.LiveEvents;
import org.docs4j.cli.live.LiveSession;
import org.docs4j.cli.node.Selection;
import org.docs4j.cli.node.Surroundings;
import org.docs4j.cli.output.Messages;
import org.docs4j.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shares a document until told to end. */
@Command(
    name = "share",
    description = "Print a ticket for a document and keep it in sync until quit, Ctrl-C or SIGTERM.",
    mixinStandardHelpOptions = true,
    footer = {"", "Lines on standard input are commands: set, get, ls, rm, share, watch, quit; DOC is left out."})
final class ShareCommand implements Runnable {
  private final Surroundings surroundings;
  private final GlobalOptions options;

  @Parameters(index = "0", arity = "0..1", paramLabel = "DOC", description = "The document.")
  private String doc = Selection.ONLY;

  @Mixin private final TicketOptions ticket = new TicketOptions();

  ShareCommand(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
  }

  @Override
  public void run() {
    Output output = options.output(surroundings);
    Foreground foreground = new Foreground(surroundings, output);
    try (Docs docs = options.opener(surroundings, output).openReachable(false);
        Doc opened = docs.open(Selection.find(docs, doc))) {
      ticket.check(opened);
      try (LiveEvents events = opened.subscribe()) {
        output.print(ticket.share(opened));
        output.remark(Messages.node(docs.addr(), opened.id()));
        foreground.takeLines(docs, opened);
        LiveSession.run(events, foreground.printer()::print, foreground.end());
      }
    }
  }
}
