package org.docs4j.api;

import java.util.List;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.wire.DocTicketCodec;

/**
 * Everything that is needed to join a document: the right to it and peers that have it (WIRE 7).
 *
 * <p>A write ticket contains the namespace's secret key: whoever reads it may write. {@link #toString} never shows it.
 *
 * @param capability the right to read, or to write
 * @param peers whom to ask, at least one; an unmodifiable copy
 */
public record DocTicket(Capability capability, List<EndpointAddr> peers) {
  /**
   * Copies the list.
   *
   * @throws InvalidTicketException if there is no peer
   */
  public DocTicket {
    peers = List.copyOf(peers);
    if (peers.isEmpty()) {
      throw new InvalidTicketException("a ticket needs at least one peer");
    }
  }

  /**
   * Reads the text of a ticket, in the layout of today's nodes or in that of nodes up to 0.93; white space around it is
   * ignored.
   *
   * @throws InvalidTicketException if the text is no document ticket; the message says in which way and shows no part of
   *     the text
   */
  public static DocTicket parse(String text) {
    return DocTicketCodec.parse(text);
  }

  /** The text that nodes from 0.94 on read. */
  public String encode() {
    return DocTicketCodec.encode(this);
  }

  /** The text that nodes up to 0.93 read; it has room for one relay and for UDP addresses only, and drops the rest. */
  public String encodeLegacy() {
    return DocTicketCodec.encodeLegacy(this);
  }

  @Override
  public String toString() {
    return "DocTicket[" + capability.kind() + " " + capability.id() + ", " + peers.size() + " peers]";
  }
}
