package org.docs4j.gossip.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeSet;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;

/** The addresses of a node as nodes tell each other: at most one relay, and UDP addresses in order (WIRE 5.2). */
public final class PeerDataCodec {
  /** Own addresses that are told at most, so that a list of nodes with their addresses fits into a message. */
  static final int MAX_OWN_ADDRESSES = 12;

  private static final int MAX_ADDRESSES = 64;
  private static final int MAX_URL_BYTES = 256;
  private static final int MIN_ADDRESS_BYTES = 6;

  private PeerDataCodec() {}

  /** The bytes for an address. */
  public static Bytes write(EndpointAddr addr) {
    PostcardWriter out = new PostcardWriter();
    List<String> relays =
        addr.addresses().stream()
            .filter(TransportAddr.Relay.class::isInstance)
            .map(relay -> ((TransportAddr.Relay) relay).url())
            .limit(1)
            .toList();
    out.option(!relays.isEmpty());
    relays.forEach(out::string);
    List<InetSocketAddress> direct = addr.ipAddresses().stream().limit(MAX_OWN_ADDRESSES).toList();
    out.count(direct.size());
    direct.forEach(out::socketAddress);
    return out.toBytes();
  }

  /**
   * Reads what a peer, or another in its name, told. Addresses that cannot be dialled are left out.
   *
   * @throws org.docs4j.api.MalformedMessageException if the bytes are anything else
   */
  public static EndpointAddr read(EndpointId peer, Bytes data) {
    if (data.size() == 0) {
      return EndpointAddr.of(peer);
    }
    PostcardReader in = new PostcardReader(data.toByteArray());
    TreeSet<TransportAddr> addresses = new TreeSet<>();
    if (in.option()) {
      addresses.add(relay(in));
    }
    int count = in.count(MAX_ADDRESSES, MIN_ADDRESS_BYTES);
    for (int i = 0; i < count; i++) {
      InetSocketAddress address = in.socketAddress();
      if (isDialable(address)) {
        addresses.add(new TransportAddr.Ip(address));
      }
    }
    in.expectEnd();
    return new EndpointAddr(peer, addresses);
  }

  private static TransportAddr relay(PostcardReader in) {
    PostcardReader before = in.copy();
    try {
      return new TransportAddr.Relay(in.string(MAX_URL_BYTES));
    } catch (IllegalArgumentException e) {
      throw before.malformed(e.getMessage());
    }
  }

  private static boolean isDialable(InetSocketAddress address) {
    return address.getPort() != 0
        && !address.getAddress().isAnyLocalAddress()
        && !address.getAddress().isMulticastAddress();
  }
}
