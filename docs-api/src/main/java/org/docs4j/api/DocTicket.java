package org.docs4j.api;

import java.util.List;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;

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

  @Override
  public String toString() {
    return "DocTicket[" + capability.kind() + " " + capability.id() + ", " + peers.size() + " peers]";
  }
}
