package org.docs4j.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointAddrTest {
  private static final EndpointId ID = EndpointId.of(new byte[32]);

  @Test
  void order_isByKindThenValueAndIpv4First() {
    List<TransportAddr> ordered =
        List.of(
            new TransportAddr.Relay("http://b.example/"),
            new TransportAddr.Relay("https://a.example/"),
            ip("9.0.0.1", 9),
            ip("127.0.0.1", 1),
            ip("127.0.0.1", 40000),
            ip("192.0.2.1", 1),
            ip("::1", 1),
            ip("2001:db8::1", 1),
            ip("fe80::1", 1),
            new TransportAddr.Custom(1, bytes(2)),
            new TransportAddr.Custom(1, bytes(2, 0)),
            new TransportAddr.Custom(Long.MAX_VALUE, bytes()),
            new TransportAddr.Custom(-1, bytes(0)));
    List<TransportAddr> shuffled = Arrays.asList(ordered.toArray(new TransportAddr[0]));
    Collections.reverse(shuffled);
    assertEquals(ordered, List.copyOf(new TreeSet<>(shuffled)));
    for (TransportAddr a : ordered) {
      for (TransportAddr b : ordered) {
        assertEquals(a.equals(b), a.compareTo(b) == 0, a + " and " + b);
      }
    }
  }

  @Test
  void ip_unresolved_isRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.invalid", 1);
    assertThrows(IllegalArgumentException.class, () -> new TransportAddr.Ip(unresolved));
    assertThrows(IllegalArgumentException.class, () -> EndpointAddr.of(ID, List.of(unresolved)));
  }

  @Test
  void ip_withScope_isTheSameAddressWithout() throws UnknownHostException {
    byte[] bytes = new InetSocketAddress("fe80::1", 1).getAddress().getAddress();
    TransportAddr scoped = new TransportAddr.Ip(new InetSocketAddress(Inet6Address.getByAddress("x", bytes, 3), 1));
    assertEquals(ip("fe80::1", 1), scoped);
    assertEquals(0, ip("fe80::1", 1).compareTo(scoped));
    PostcardWriter out = new PostcardWriter().socketAddress(((TransportAddr.Ip) scoped).address());
    assertEquals(
        ip("fe80::1", 1), new TransportAddr.Ip(new PostcardReader(out.toByteArray()).socketAddress()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "relay", ":", "1http://a", "ht tp://a", "http://a b", "http://a\u001B[0m", "http://ü"})
  void relay_thatIsNoUrl_isRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> new TransportAddr.Relay(url));
  }

  @Test
  void addresses_ofSetInAnotherOrder_areInOrderOfTheWire() {
    TreeSet<TransportAddr> reversed = new TreeSet<>(Collections.reverseOrder());
    reversed.addAll(List.of(ip("127.0.0.1", 1), ip("127.0.0.1", 2)));
    EndpointAddr addr = new EndpointAddr(ID, reversed);
    assertEquals(ip("127.0.0.1", 1), addr.addresses().first());
    reversed.clear();
    assertEquals(2, addr.addresses().size());
    assertThrows(UnsupportedOperationException.class, () -> addr.addresses().clear());
  }

  @Test
  void merge_hasTheAddressesOfBoth() {
    EndpointAddr a = EndpointAddr.of(ID, List.of(new InetSocketAddress("192.0.2.1", 1)));
    EndpointAddr b =
        EndpointAddr.of(ID, List.of(new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.1", 2)));
    assertEquals(b, a.merge(b));
    assertEquals(b, b.merge(a));
    assertEquals(1, a.addresses().size());
    assertEquals(
        List.of(new InetSocketAddress("192.0.2.1", 1), new InetSocketAddress("192.0.2.1", 2)), b.ipAddresses());
  }

  @Test
  void isRelayOnly_withAddressesOfWhichNoneCanBeDialled_isTrue() {
    TransportAddr relay = new TransportAddr.Relay("https://a.example/");
    TransportAddr custom = new TransportAddr.Custom(1, Bytes.EMPTY);
    assertTrue(new EndpointAddr(ID, new TreeSet<>(List.of(relay))).isRelayOnly());
    assertTrue(new EndpointAddr(ID, new TreeSet<>(List.of(relay, custom))).isRelayOnly());
    assertFalse(new EndpointAddr(ID, new TreeSet<>(List.of(relay, ip("127.0.0.1", 1)))).isRelayOnly());
    assertFalse(EndpointAddr.of(ID).isRelayOnly(), "no address at all: others may know one");
  }

  private static TransportAddr ip(String host, int port) {
    return new TransportAddr.Ip(new InetSocketAddress(host, port));
  }

  private static Bytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.of(bytes);
  }
}
