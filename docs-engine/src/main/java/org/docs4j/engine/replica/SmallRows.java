package org.docs4j.engine.replica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.docs4j.api.DownloadPolicy;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.StoreCorruptedException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.TransportAddr;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;

/** The values of rows that there are few of: capabilities, policies and peers. */
final class SmallRows {
  private static final byte WRITE = 1;
  private static final byte READ = 2;
  private static final int MAX_BYTES = 16 << 20;

  private SmallRows() {}

  /** The kind of a capability (WIRE 9) and, for the right to write, the secret. */
  static byte[] encode(Capability capability) {
    if (capability instanceof Capability.Write write) {
      return new PostcardWriter().u8(WRITE).fixed(write.secret().toByteArray()).toByteArray();
    }
    return new byte[] {READ};
  }

  static Capability capability(NamespaceId namespace, byte[] row) {
    if (row.length == 1 && row[0] == READ) {
      return new Capability.Read(namespace);
    }
    if (row.length == 1 + Bytes32.SIZE && row[0] == WRITE) {
      NamespaceSecret secret = NamespaceSecret.of(Arrays.copyOfRange(row, 1, row.length));
      if (secret.id().equals(namespace)) {
        return new Capability.Write(secret);
      }
    }
    throw new StoreCorruptedException("the capability of a document cannot be read");
  }

  static byte[] encode(List<EndpointId> peers) {
    PostcardWriter out = new PostcardWriter();
    peers.forEach(peer -> out.bytes32(peer.bytes()));
    return out.toByteArray();
  }

  static List<EndpointId> peers(byte[] row) {
    if (row.length % Bytes32.SIZE != 0) {
      throw new StoreCorruptedException("the useful peers of a document cannot be read");
    }
    List<EndpointId> peers = new ArrayList<>();
    for (int at = 0; at < row.length; at += Bytes32.SIZE) {
      peers.add(new EndpointId(Bytes32.of(row, at)));
    }
    return peers;
  }

  /** A policy as WIRE 9 writes it. */
  static byte[] encode(DownloadPolicy policy) {
    boolean nothing = policy instanceof DownloadPolicy.NothingExcept;
    List<DownloadPolicy.Filter> filters =
        policy instanceof DownloadPolicy.NothingExcept only
            ? only.filters()
            : ((DownloadPolicy.EverythingExcept) policy).filters();
    PostcardWriter out = new PostcardWriter().variant(nothing ? 0 : 1).count(filters.size());
    for (DownloadPolicy.Filter filter : filters) {
      if (filter instanceof DownloadPolicy.Filter.Prefix prefix) {
        out.variant(0).byteString(prefix.prefix().bytes());
      } else {
        out.variant(1).byteString(((DownloadPolicy.Filter.Exact) filter).key().bytes());
      }
    }
    return out.toByteArray();
  }

  static DownloadPolicy policy(byte[] row) {
    try {
      PostcardReader in = new PostcardReader(row);
      boolean nothing = in.variant(2, "download policy") == 0;
      int count = in.count(MAX_BYTES, 2);
      List<DownloadPolicy.Filter> filters = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        boolean prefix = in.variant(2, "filter") == 0;
        Key key = new Key(in.bytes(MAX_BYTES));
        filters.add(prefix ? new DownloadPolicy.Filter.Prefix(key) : new DownloadPolicy.Filter.Exact(key));
      }
      in.expectEnd();
      return nothing ? new DownloadPolicy.NothingExcept(filters) : new DownloadPolicy.EverythingExcept(filters);
    } catch (MalformedMessageException e) {
      throw new StoreCorruptedException("the download policy of a document cannot be read", e);
    }
  }

  /** Which kind of identity a peer has shown (0: not known), and its addresses as in tickets (WIRE 7). */
  static byte[] encode(EndpointAddr peer) {
    PostcardWriter out = new PostcardWriter().u8(0).count(peer.addresses().size());
    for (TransportAddr address : peer.addresses()) {
      if (address instanceof TransportAddr.Relay relay) {
        out.variant(0).string(relay.url());
      } else if (address instanceof TransportAddr.Ip ip) {
        out.variant(1).socketAddress(ip.address());
      } else if (address instanceof TransportAddr.Custom custom) {
        out.variant(2).u64(custom.id()).byteString(custom.data());
      }
    }
    return out.toByteArray();
  }

  static EndpointAddr peer(EndpointId id, byte[] row) {
    try {
      PostcardReader in = new PostcardReader(row);
      in.u8();
      int count = in.count(MAX_BYTES, 2);
      TreeSet<TransportAddr> addresses = new TreeSet<>();
      for (int i = 0; i < count; i++) {
        addresses.add(
            switch (in.variant(3, "address")) {
              case 0 -> new TransportAddr.Relay(in.string(MAX_BYTES));
              case 1 -> new TransportAddr.Ip(in.socketAddress());
              default -> new TransportAddr.Custom(in.u64(), in.bytes(MAX_BYTES));
            });
      }
      in.expectEnd();
      return new EndpointAddr(id, addresses);
    } catch (MalformedMessageException | IllegalArgumentException e) {
      throw new StoreCorruptedException("the addresses of a peer cannot be read", e);
    }
  }
}
