package org.docs4j.api.model;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One way to reach an endpoint. The order is that of the wire: by kind, then by value, IPv4 before IPv6 (WIRE 7).
 */
public sealed interface TransportAddr extends Comparable<TransportAddr> {
  /**
   * A relay server; tickets carry them, this implementation keeps but does not use them.
   *
   * @param url the address of the relay: a scheme, a colon and further visible ASCII characters (RFC 3986)
   */
  record Relay(String url) implements TransportAddr {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7E]*");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is no URL
     */
    public Relay {
      if (!URL.matcher(url).matches()) {
        throw new IllegalArgumentException("the address of a relay is no URL");
      }
    }
  }

  /**
   * A UDP address.
   *
   * @param address a resolved IPv4 or IPv6 address with its port
   */
  record Ip(InetSocketAddress address) implements TransportAddr {
    /**
     * Checks that there is an address.
     *
     * @throws IllegalArgumentException if the address is not resolved
     */
    public Ip {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException("not a resolved address: " + address);
      }
    }
  }

  /**
   * An address of a kind that only its users know.
   *
   * @param id which kind
   * @param data the address
   */
  record Custom(long id, Bytes data) implements TransportAddr {}

  @Override
  default int compareTo(TransportAddr other) {
    if (this instanceof Relay a && other instanceof Relay b) {
      return a.url.compareTo(b.url);
    }
    if (this instanceof Ip a && other instanceof Ip b) {
      byte[] left = a.address.getAddress().getAddress();
      byte[] right = b.address.getAddress().getAddress();
      int order = Integer.compare(left.length, right.length);
      if (order == 0) {
        order = Arrays.compareUnsigned(left, right);
      }
      return order != 0 ? order : Integer.compare(a.address.getPort(), b.address.getPort());
    }
    if (this instanceof Custom a && other instanceof Custom b) {
      int order = Long.compareUnsigned(a.id, b.id);
      return order != 0 ? order : a.data.compareTo(b.data);
    }
    return Integer.compare(rank(this), rank(other));
  }

  private static int rank(TransportAddr address) {
    if (address instanceof Relay) {
      return 0;
    }
    return address instanceof Ip ? 1 : 2;
  }
}
