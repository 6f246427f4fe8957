package org.docs4j.api;

import java.util.List;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.wire.DocTicketCodec;

/**
 * Everything that is needed to join a document: the right to it and peers that have it (WIRE 7).
 *
 * <p>A write ticket contains the namespace's secret key: whoever reads it may write. {@link #toString} shows neither.
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
   * Reads a ticket in either layout, that of today's nodes and that of nodes up to 0.93.
   *
   * @throws InvalidTicketException if the text is cut, altered, or another kind of ticket
   */
  public static DocTicket parse(String text) {
    return DocTicketCodec.parse(text);
  }

  /** The text form that today's nodes (0.94 and later) read. */
  public String encode() {
    return DocTicketCodec.encode(this);
  }

  /** The text form that nodes up to 0.93 read: at most one relay, no custom addresses. */
  public String encodeLegacy() {
    return DocTicketCodec.encodeLegacy(this);
  }

  @Override
  public String toString() {
    return "DocTicket[" + capability.kind() + " " + capability.id() + ", " + peers.size() + " peers]";
  }
}
