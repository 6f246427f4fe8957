package org.docs4j.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.junit.jupiter.api.Test;

class RankedPeersTest {
  private static EndpointId id(int number) {
    return new EndpointId(new Bytes32(number, 0, 0, -1));
  }

  private static List<EndpointId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(RankedPeersTest::id).toList();
  }

  @Test
  void note_provedOnes_standFirstAndDisplaceTheLast() {
    RankedPeers peers = new RankedPeers(3, List.of());
    for (int number : new int[] {1, 2, 3, 4}) {
      assertTrue(peers.note(id(number), true));
    }
    assertEquals(ids(4, 3, 2), peers.ranked());
    assertTrue(peers.note(id(2), true));
    assertEquals(ids(2, 4, 3), peers.ranked());
  }

  @Test
  void note_others_takeFreePlacesAtTheEndAndNoMore() {
    RankedPeers peers = new RankedPeers(3, ids(1));
    assertTrue(peers.note(id(2), false));
    assertTrue(peers.note(id(3), false));
    assertFalse(peers.note(id(4), false), "there is no place left");
    assertTrue(peers.note(id(3), false), "it was remembered before");
    assertEquals(ids(1, 2, 3), peers.ranked());
    peers.note(id(3), true);
    peers.note(id(5), true);
    assertEquals(ids(5, 3, 1), peers.ranked());
  }

  @Test
  void construct_withMoreThanThereMayBe_keepsTheBest() {
    assertEquals(ids(1, 2), new RankedPeers(2, ids(1, 2, 3, 4)).ranked());
  }

  /** However many strangers come: nobody who has proved to be useful goes for one that has not. */
  @Test
  void note_anyOrder_keepsTheLastProvedOnesInFront() {
    Random random = new Random(53);
    RankedPeers peers = new RankedPeers(5, List.of());
    List<EndpointId> proved = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      EndpointId peer = id(random.nextInt(12));
      if (random.nextInt(10) == 0) {
        proved.remove(peer);
        proved.add(0, peer);
        peers.note(peer, true);
      } else {
        peers.note(peer, false);
      }
      List<EndpointId> first = proved.subList(0, Math.min(5, proved.size()));
      assertEquals(first, peers.ranked().subList(0, first.size()), "after " + i);
      assertEquals(peers.ranked().size(), peers.ranked().stream().distinct().count());
      assertTrue(peers.ranked().size() <= 5);
    }
  }
}
