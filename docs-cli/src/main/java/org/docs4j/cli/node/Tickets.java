package org.docs4j.cli.node;

import java.util.List;
import org.docs4j.api.DocTicket;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.model.EndpointAddr;

/** Reads tickets before anything is opened or made for them. Pure functions. */
public final class Tickets {
  private Tickets() {}

  /**
   * Reads a ticket that this node can use.
   *
   * @throws InvalidTicketException if it is no document ticket, or no peer in it can be dialled
   */
  public static DocTicket parse(String text) {
    DocTicket ticket = DocTicket.parse(text);
    List<EndpointAddr> peers = ticket.peers();
    if (peers.stream().allMatch(peer -> peer.ipAddresses().isEmpty())) {
      throw new InvalidTicketException(
          peers.stream().anyMatch(peer -> !peer.addresses().isEmpty())
              ? "the ticket has only relay addresses, which this program cannot dial: ask for one with direct addresses"
              : "the ticket names peers without any address: ask for one with direct addresses");
    }
    return ticket;
  }
}
