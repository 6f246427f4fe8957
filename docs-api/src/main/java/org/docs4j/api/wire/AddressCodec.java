package org.docs4j.api.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeSet;
import org.docs4j.api.crypto.Ed25519;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TransportAddr;

/**
 * Endpoint ids and addresses on the wire, in the layout of today's nodes and in that of nodes up to 0.93 (WIRE 7).
 *
 * <p>An endpoint id must be a point of the curve, else the message is malformed, as in the reference (WIRE 2.1). Sets
 * are written in order; when read, any order is taken. All {@code read} methods throw
 * {@link org.docs4j.api.MalformedMessageException}.
 */
public final class AddressCodec {
  /** The most addresses of one endpoint that are taken. */
  public static final int MAX_ADDRESSES = 1024;

  /** The longest relay address that is taken, in bytes. */
  public static final int MAX_URL_BYTES = 4096;

  /** The longest address of another kind that is taken, in bytes. */
  public static final int MAX_CUSTOM_BYTES = 4096;

  /** The shortest endpoint address, for {@link PostcardReader#count}. */
  public static final int MIN_ENDPOINT_BYTES = Bytes32.SIZE + 1;

  private static final int MIN_ADDRESS_BYTES = 2;
  private static final int MIN_SOCKET_ADDRESS_BYTES = 6;
  private static final int INLINE_CUSTOM_BYTES = 30;

  /** How the bytes of an address of another kind are written. */
  enum CustomLayout {
    /** A byte string: iroh 1.4.1. */
    BYTE_STRING,
    /** A length and 30 bytes, or a byte string: iroh up to 1.0.3. */
    INLINE_OR_BYTE_STRING
  }

  private AddressCodec() {}

  /** Takes an endpoint id and checks that it is a point of the curve. */
  public static EndpointId readId(PostcardReader in) {
    PostcardReader before = in.copy();
    EndpointId id = new EndpointId(in.bytes32());
    if (!Ed25519.isPoint(id.toByteArray())) {
      throw before.malformed("an endpoint id is no point of the curve");
    }
    return id;
  }

  /** Adds an address in the layout of nodes from 0.94 on: id and a set of addresses of all kinds. */
  public static void write(PostcardWriter out, EndpointAddr addr) {
    out.bytes32(addr.id().bytes()).count(addr.addresses().size());
    for (TransportAddr address : addr.addresses()) {
      if (address instanceof TransportAddr.Relay relay) {
        out.variant(0).string(relay.url());
      } else if (address instanceof TransportAddr.Ip ip) {
        out.variant(1).socketAddress(ip.address());
      } else if (address instanceof TransportAddr.Custom custom) {
        out.variant(2).u64(custom.id()).byteString(custom.data());
      }
    }
  }

  /** Takes an address in the layout of nodes from 0.94 on. */
  public static EndpointAddr read(PostcardReader in) {
    return read(in, CustomLayout.BYTE_STRING);
  }

  static EndpointAddr read(PostcardReader in, CustomLayout layout) {
    EndpointId id = readId(in);
    int count = in.count(MAX_ADDRESSES, MIN_ADDRESS_BYTES);
    TreeSet<TransportAddr> addresses = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      addresses.add(
          switch (in.variant(3, "address")) {
            case 0 -> readRelay(in);
            case 1 -> new TransportAddr.Ip(in.socketAddress());
            default -> new TransportAddr.Custom(in.u64(), readCustom(in, layout));
          });
    }
    return new EndpointAddr(id, addresses);
  }

  /**
   * Adds an address in the layout of nodes up to 0.93: id, at most one relay and a set of UDP addresses. Further relays
   * and addresses of other kinds have no place in it and are left out.
   */
  public static void writeLegacy(PostcardWriter out, EndpointAddr addr) {
    List<TransportAddr.Relay> relays =
        addr.addresses().stream()
            .filter(TransportAddr.Relay.class::isInstance)
            .map(TransportAddr.Relay.class::cast)
            .limit(1)
            .toList();
    out.bytes32(addr.id().bytes()).option(!relays.isEmpty());
    relays.forEach(relay -> out.string(relay.url()));
    List<InetSocketAddress> direct = addr.ipAddresses();
    out.count(direct.size());
    direct.forEach(out::socketAddress);
  }

  /** Takes an address in the layout of nodes up to 0.93. */
  public static EndpointAddr readLegacy(PostcardReader in) {
    EndpointId id = readId(in);
    TreeSet<TransportAddr> addresses = new TreeSet<>();
    if (in.option()) {
      addresses.add(readRelay(in));
    }
    int count = in.count(MAX_ADDRESSES, MIN_SOCKET_ADDRESS_BYTES);
    for (int i = 0; i < count; i++) {
      addresses.add(new TransportAddr.Ip(in.socketAddress()));
    }
    return new EndpointAddr(id, addresses);
  }

  private static TransportAddr.Relay readRelay(PostcardReader in) {
    PostcardReader before = in.copy();
    try {
      return new TransportAddr.Relay(in.string(MAX_URL_BYTES));
    } catch (IllegalArgumentException e) {
      throw before.malformed(e.getMessage());
    }
  }

  private static Bytes readCustom(PostcardReader in, CustomLayout layout) {
    if (layout == CustomLayout.BYTE_STRING || in.variant(2, "address data") == 1) {
      return in.bytes(MAX_CUSTOM_BYTES);
    }
    PostcardReader before = in.copy();
    int size = in.u8();
    if (size > INLINE_CUSTOM_BYTES) {
      throw before.malformed("address data of " + size + " bytes where 30 have room");
    }
    return Bytes.of(in.fixed(INLINE_CUSTOM_BYTES), 0, size);
  }
}
