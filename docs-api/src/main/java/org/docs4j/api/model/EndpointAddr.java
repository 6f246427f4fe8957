package org.docs4j.api.model;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An endpoint and the ways to reach it.
 *
 * @param id who it is
 * @param addresses where it may be; possibly empty; an unmodifiable copy in the order of the wire
 */
public record EndpointAddr(EndpointId id, SortedSet<TransportAddr> addresses) {
  /** Copies the set. */
  public EndpointAddr {
    TreeSet<TransportAddr> copy = new TreeSet<>();
    copy.addAll(addresses);
    addresses = Collections.unmodifiableSortedSet(copy);
  }

  /** An endpoint of which only the id is known. */
  public static EndpointAddr of(EndpointId id) {
    return new EndpointAddr(id, new TreeSet<>());
  }

  /** An endpoint at the given UDP addresses. */
  public static EndpointAddr of(EndpointId id, Collection<InetSocketAddress> addresses) {
    TreeSet<TransportAddr> set = new TreeSet<>();
    addresses.forEach(address -> set.add(new TransportAddr.Ip(address)));
    return new EndpointAddr(id, set);
  }

  /** The UDP addresses only, in the order of the wire. */
  public List<InetSocketAddress> ipAddresses() {
    return addresses.stream()
        .filter(TransportAddr.Ip.class::isInstance)
        .map(address -> ((TransportAddr.Ip) address).address())
        .toList();
  }

  /** Whether there are addresses, but only relays and custom ones, which this implementation cannot dial. */
  public boolean isRelayOnly() {
    return !addresses.isEmpty() && addresses.stream().noneMatch(TransportAddr.Ip.class::isInstance);
  }

  /** This endpoint with the addresses of both; the other's id is not looked at. */
  public EndpointAddr merge(EndpointAddr other) {
    SortedSet<TransportAddr> union = new TreeSet<>(addresses);
    union.addAll(other.addresses);
    return new EndpointAddr(id, union);
  }
}
