package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.address;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.docs4j.api.model.EndpointId;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final int PLACES = 64;

  private final Admission admission = new Admission(QuicSettings.parse(Map.of("max-connections", "" + PLACES)));

  private static EndpointId id(int number) {
    return EndpointId.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  private static InetAddress ipv6(int network, int host) {
    int[] bytes = new int[16];
    bytes[0] = 0x20;
    bytes[7] = network;
    bytes[15] = host;
    return address(1, bytes).getAddress();
  }

  @Test
  void admit_throwAwayKeysOfOneNetwork_leaveRoomForOthers() {
    int taken = 0;
    for (int i = 0; i < 10 * PLACES; i++) {
      taken += admission.admit(id(i), ipv6(1, i % 250)) ? 1 : 0;
    }
    assertEquals(PLACES / 4, taken);
    InetAddress other = ipv6(2, 1);
    assertTrue(admission.hasRoom(other));
    assertTrue(admission.admit(id(-1), other));
    assertTrue(admission.admit(id(-2), address(1, 192, 0, 2, 1).getAddress()));
  }

  @Test
  void left_makesRoomAgain() {
    InetAddress network = address(1, 192, 0, 2, 1).getAddress();
    for (int i = 0; i < PLACES / 4; i++) {
      assertTrue(admission.admit(id(i), network));
    }
    assertFalse(admission.admit(id(-1), network));
    admission.left(id(3), network);
    assertTrue(admission.admit(id(-1), network));
    assertFalse(admission.admit(id(3), network));
  }

  @Test
  void admit_onePeerFromManyNetworks_hasItsPlaces() {
    Admission few = new Admission(QuicSettings.parse(Map.of("max-connections-per-peer", "2")));
    assertTrue(few.admit(id(1), ipv6(1, 1)));
    assertTrue(few.admit(id(1), ipv6(2, 1)));
    assertFalse(few.admit(id(1), ipv6(3, 1)));
    assertTrue(few.admit(id(2), ipv6(3, 1)));
    few.left(id(1), ipv6(2, 1));
    assertTrue(few.admit(id(1), ipv6(3, 1)));
  }

  /** Each handshake may become a connection. */
  @Test
  void hasRoom_connectionsAndHandshakes_shareThePlacesInAll() {
    Admission few = new Admission(QuicSettings.parse(Map.of("max-connections", "4")));
    for (int i = 0; i < 3; i++) {
      assertTrue(few.admit(id(i), ipv6(i, 1)));
    }
    assertTrue(few.hasRoom(ipv6(9, 1)));
    assertFalse(few.isBusy());
    few.handshakeBegan(ipv6(8, 1));
    assertFalse(few.hasRoom(ipv6(9, 1)));
    assertTrue(few.isBusy(), "who dials has to ask again, and is not heard then");
    few.left(id(0), ipv6(0, 1));
    assertTrue(few.hasRoom(ipv6(9, 1)));
    assertFalse(few.isBusy());
  }

  @Test
  void handshakes_ofOneNetwork_haveHalfOfThePlaces() {
    Admission few = new Admission(QuicSettings.parse(Map.of("max-handshakes", "8")));
    for (int i = 0; i < 4; i++) {
      assertTrue(few.hasRoom(ipv6(1, i)));
      few.handshakeBegan(ipv6(1, i));
    }
    assertFalse(few.hasRoom(ipv6(1, 9)));
    for (int i = 0; i < 4; i++) {
      assertTrue(few.hasRoom(ipv6(2, i)));
      few.handshakeBegan(ipv6(2, i));
    }
    assertFalse(few.hasRoom(ipv6(3, 1)), "all places are taken");
    few.handshakeEnded(ipv6(1, 0));
    assertTrue(few.hasRoom(ipv6(1, 9)));
    assertTrue(few.hasRoom(ipv6(3, 1)));
    assertFalse(few.hasRoom(ipv6(2, 9)));
  }
}
