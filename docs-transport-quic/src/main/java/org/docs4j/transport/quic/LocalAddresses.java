package org.docs4j.transport.quic;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The addresses at which others may reach a socket. */
final class LocalAddresses {
  private static final System.Logger LOG = System.getLogger(LocalAddresses.class.getName());

  private LocalAddresses() {}

  /**
   * Returns the address to which a socket is bound, or, for a wildcard, those of all interfaces that are up: without
   * link-local IPv6 addresses, which mean nothing on another machine, and with loopback addresses only where there is
   * no other, so that programs on one machine without a network find each other.
   */
  static List<InetSocketAddress> of(InetSocketAddress bound, int most) {
    if (!bound.getAddress().isAnyLocalAddress()) {
      return List.of(bound);
    }
    boolean ipv6 = !(bound.getAddress() instanceof Inet4Address);
    List<InetAddress> all = interfaces();
    all.removeIf(address -> address instanceof Inet6Address six && (!ipv6 || six.isLinkLocalAddress()));
    boolean network = all.stream().anyMatch(address -> !address.isLoopbackAddress());
    return all.stream()
        .filter(address -> !network || !address.isLoopbackAddress())
        .limit(most)
        .map(address -> new InetSocketAddress(unscoped(address), bound.getPort()))
        .toList();
  }

  /** An address at which a socket reaches itself. */
  static InetSocketAddress loopback(InetSocketAddress bound) {
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
        : bound;
  }

  /** The address of a peer, as it was seen on a packet, in the form in which it may be told to others. */
  static InetSocketAddress seen(InetSocketAddress address) {
    return address.getAddress().isLinkLocalAddress()
        ? address
        : new InetSocketAddress(unscoped(address.getAddress()), address.getPort());
  }

  static boolean isLocal(InetAddress address) {
    return address.isAnyLocalAddress() || address.isLoopbackAddress() || interfaces().contains(address);
  }

  private static List<InetAddress> interfaces() {
    List<InetAddress> all = new ArrayList<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp()) {
          each.inetAddresses().forEach(all::add);
        }
      }
    } catch (SocketException e) {
      LOG.log(System.Logger.Level.WARNING, "the network interfaces cannot be listed: {0}", e.getMessage());
      all.add(InetAddress.getLoopbackAddress());
    }
    return all;
  }

  /** The address without the name of an interface, which means nothing to others. */
  private static InetAddress unscoped(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has a legal length", e);
    }
  }
}
