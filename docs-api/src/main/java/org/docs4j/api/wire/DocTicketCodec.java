package org.docs4j.api.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.docs4j.api.DocTicket;
import org.docs4j.api.InvalidTicketException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;

/**
 * Document tickets as text (WIRE 7): {@code doc}, then base32 of a zero byte, the capability and the peers.
 *
 * <p>Nodes up to 0.93 and nodes from 0.94 on lay the peers out differently and mark it nowhere. A ticket is therefore
 * read both ways, strictly; the way that uses every byte is the right one, and the older one where both do. No message
 * of a failure contains any part of the text, which may hold a secret key.
 */
public final class DocTicketCodec {
  /** What the text of a document ticket begins with. */
  public static final String PREFIX = "doc";

  /** The longest text that is read, in characters. */
  public static final int MAX_CHARACTERS = 64 * 1024;

  private static final int MAX_PEERS = 1024;
  private static final List<Function<PostcardReader, EndpointAddr>> LAYOUTS =
      List.of(
          AddressCodec::readLegacy,
          AddressCodec::read,
          in -> AddressCodec.read(in, AddressCodec.CustomLayout.INLINE_OR_BYTE_STRING));

  private DocTicketCodec() {}

  /** The text of a ticket in the layout of nodes from 0.94 on. */
  public static String encode(DocTicket ticket) {
    return encode(ticket, AddressCodec::write);
  }

  /** The text of a ticket in the layout of nodes up to 0.93; leaves out what {@link AddressCodec#writeLegacy} does. */
  public static String encodeLegacy(DocTicket ticket) {
    return encode(ticket, AddressCodec::writeLegacy);
  }

  /**
   * Reads a ticket in either layout; white space around it is ignored.
   *
   * @throws InvalidTicketException if the text is no document ticket; the message says in which way
   */
  public static DocTicket parse(String text) {
    String ticket = text.strip();
    if (ticket.length() > MAX_CHARACTERS) {
      throw new InvalidTicketException(
          "a ticket has at most " + MAX_CHARACTERS + " characters, this text has " + ticket.length());
    }
    checkKind(ticket);
    byte[] bytes;
    try {
      bytes = Base32.decode(ticket.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new InvalidTicketException("the ticket is cut or was altered: " + e.getMessage(), e);
    }
    try {
      return decode(new PostcardReader(bytes));
    } catch (InvalidTicketException e) {
      throw e;
    } catch (MalformedMessageException e) {
      throw new InvalidTicketException("the ticket is cut or was altered: " + e.getMessage(), e);
    }
  }

  private static String encode(DocTicket ticket, BiConsumer<PostcardWriter, EndpointAddr> layout) {
    PostcardWriter out = new PostcardWriter();
    out.variant(0);
    CapabilityCodec.write(out, ticket.capability());
    out.count(ticket.peers().size());
    ticket.peers().forEach(peer -> layout.accept(out, peer));
    return PREFIX + Base32.encode(out.toByteArray());
  }

  private static void checkKind(String ticket) {
    if (ticket.isEmpty()) {
      throw new InvalidTicketException("the ticket is empty");
    }
    if (ticket.startsWith(PREFIX)) {
      return;
    }
    String lower = ticket.substring(0, Math.min(ticket.length(), "endpoint".length())).toLowerCase(Locale.ROOT);
    String sentence = "this is no document ticket: those begin with doc, in lower case";
    if (lower.startsWith("blob")) {
      sentence = "this is a ticket for a blob, not for a document";
    } else if (lower.startsWith("node") || lower.startsWith("endpoint")) {
      sentence = "this is a ticket for an endpoint, not for a document";
    }
    throw new InvalidTicketException(sentence);
  }

  private static DocTicket decode(PostcardReader in) {
    int version = in.u8();
    if (version != 0) {
      throw new InvalidTicketException("the ticket is of a kind that is not known here: version " + version);
    }
    Capability capability = CapabilityCodec.read(in);
    if (in.copy().count(MAX_PEERS, 0) == 0) {
      throw new InvalidTicketException("the ticket names no peer");
    }
    MalformedMessageException failure = in.malformed("no layout fits");
    for (Function<PostcardReader, EndpointAddr> layout : LAYOUTS) {
      try {
        return new DocTicket(capability, readPeers(in.copy(), layout));
      } catch (MalformedMessageException e) {
        failure.addSuppressed(e);
      }
    }
    throw new InvalidTicketException("the ticket is cut or was altered: its peers cannot be read", failure);
  }

  private static List<EndpointAddr> readPeers(PostcardReader in, Function<PostcardReader, EndpointAddr> layout) {
    int count = in.count(MAX_PEERS, AddressCodec.MIN_ENDPOINT_BYTES);
    List<EndpointAddr> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      peers.add(layout.apply(in));
    }
    in.expectEnd();
    return peers;
  }
}
