package org.docs4j.transport.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
  @Test
  void of_oneAddress_isThatOne() {
    assertEquals(List.of(Nodes.loopback(7)), LocalAddresses.of(Nodes.loopback(7), 16));
  }

  @Test
  void of_theWildcard_isWhatOthersCanReach() {
    InetSocketAddress any = Nodes.address(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    List<InetAddress> found = LocalAddresses.of(any, 16).stream().map(InetSocketAddress::getAddress).toList();
    assertFalse(found.isEmpty(), "a machine reaches at least itself");
    boolean loopbackOnly = found.stream().allMatch(InetAddress::isLoopbackAddress);
    assertTrue(loopbackOnly || found.stream().noneMatch(InetAddress::isLoopbackAddress), found::toString);
    assertTrue(found.stream().noneMatch(a -> a instanceof Inet6Address && a.isLinkLocalAddress()), found::toString);
    assertTrue(found.stream().noneMatch(a -> a.getHostAddress().contains("%")), found::toString);
    assertEquals(1, LocalAddresses.of(any, 1).size());
  }

  @Test
  void of_theIpv4Wildcard_isIpv4Only() {
    List<InetSocketAddress> found = LocalAddresses.of(Nodes.address(7, 0, 0, 0, 0), 16);
    assertTrue(found.stream().noneMatch(a -> a.getAddress() instanceof Inet6Address), found::toString);
  }
}
