package org.docs4j.transport.quic;

import static org.docs4j.transport.quic.Nodes.address;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import org.docs4j.api.model.EndpointId;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {
  private static final int PLACES = 1 << 15;
  private static final int OF_A_CONNECTION = 1024 + 256;
  private static final int CONNECTIONS = 1024;
  private static final int FIRST = PLACES / 4 / CONNECTIONS;

  private final StreamPlaces places = places(PLACES);

  private static StreamPlaces places(int most) {
    return new StreamPlaces(
        QuicSettings.parse(Map.of("max-streams", "" + most, "max-connections", "" + CONNECTIONS)));
  }

  /** A connection of a peer from an IPv4 address. */
  private StreamPlaces.Part part(int peer, int network) {
    return places.of(
        EndpointId.of(ByteBuffer.allocate(32).putInt(peer).array()),
        address(1, 192, 0, network >> 8, network & 0xff).getAddress());
  }

  /** Opens as many as there is room for, up to a limit; how many those are. */
  private static int fill(StreamPlaces.Part part, boolean local, int most) {
    int opened = 0;
    while (opened < most && part.hasRoom(local)) {
      part.opened(local);
      opened++;
    }
    return opened;
  }

  @Test
  void hasRoom_forAPeerAlone_coversAConnectionThatUsesAllItMay() {
    assertEquals(OF_A_CONNECTION, fill(part(1, 1), false, OF_A_CONNECTION));
  }

  @Test
  void hasRoom_whilePeersOfOneNetworkTakeWhatTheyMay_isLeftForOthers() {
    int taken = 0;
    for (int peer = 0; peer < CONNECTIONS / 4; peer++) {
      taken += fill(part(peer, 1), false, OF_A_CONNECTION);
    }
    assertTrue(taken <= PLACES / 4, taken + " are taken");
    assertEquals(FIRST, fill(part(1000, 1), false, OF_A_CONNECTION), "another peer of the same network");
    assertEquals(OF_A_CONNECTION, fill(part(1001, 2), false, OF_A_CONNECTION));
  }

  @Test
  void hasRoom_whileAThousandNetworksTakeWhatTheyMay_isLeftForOthersAndThisSide() {
    for (int network = 1; network < CONNECTIONS; network++) {
      assertTrue(fill(part(network, network), false, OF_A_CONNECTION) >= FIRST, "network " + network);
    }
    assertEquals(FIRST, fill(part(-1, 2000), false, OF_A_CONNECTION));
    assertTrue(fill(part(-1, 2000), true, PLACES) >= PLACES / 4);
    assertFalse(part(-2, 2001).hasRoom(false), "all are taken, by streams of this side too");
  }

  @Test
  void leftAndEnd_makeRoomAgain() {
    StreamPlaces.Part first = part(1, 1);
    StreamPlaces.Part second = part(1, 1);
    int most = fill(first, false, 100) + fill(second, false, PLACES);
    assertFalse(first.hasRoom(false));
    first.left(false);
    assertTrue(first.hasRoom(false));
    first.end();
    second.end();
    second.opened(false);
    second.left(true);
    assertEquals(most - FIRST, fill(part(1, 1), false, PLACES), "which were two connections");
  }

  @Test
  void hasRoom_whereTheFewestAreAllowed_isForOne() {
    StreamPlaces few = places(1);
    StreamPlaces.Part part = few.of(EndpointId.of(new byte[32]), address(1, 192, 0, 2, 1).getAddress());
    assertEquals(1, fill(part, false, 2));
    assertFalse(part.hasRoom(true));
  }
}
