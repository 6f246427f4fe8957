package org.docs4j.cli.command;

import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.ReadOnlyReplicaException;
import org.docs4j.api.model.Capability;
import org.docs4j.cli.output.Message;
import org.docs4j.cli.output.Messages;
import picocli.CommandLine.Option;

/** Which ticket is wanted. */
final class TicketOptions {
  @Option(names = "--write", description = "A ticket that allows to write; keep it secret.")
  private boolean write;

  @Option(names = "--legacy", description = "In the layout that nodes up to 0.93 read.")
  private boolean legacy;

  /**
   * Checks that such a ticket can be made for a document.
   *
   * @throws ReadOnlyReplicaException if it would allow what this node may not do itself
   */
  void check(Doc doc) {
    if (write && doc.access() == Capability.Kind.READ) {
      throw new ReadOnlyReplicaException("this document can only be read here, so a write ticket cannot be made");
    }
  }

  /** Starts to sync and makes the ticket. */
  Message share(Doc doc) {
    check(doc);
    Capability.Kind kind = write ? Capability.Kind.WRITE : Capability.Kind.READ;
    DocTicket ticket = doc.share(kind);
    return Messages.ticket(doc.id(), kind, legacy ? ticket.encodeLegacy() : ticket.encode());
  }
}
