package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.proto.Probe.neighbor;
import static org.docs4j.gossip.proto.Probe.schedule;
import static org.docs4j.gossip.proto.Probe.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.junit.jupiter.api.Test;

/** How a topic finds its way back: our own rules, the reference has none. */
class RejoinTest {
  private static final Join JOIN = new Join(PeerData.absent());
  private static final GossipTimer.Rejoin REJOIN = new GossipTimer.Rejoin();

  @Test
  void contact_unreachable_isTriedAgainWithDoublingDelay() {
    Probe probe = Probe.joined();
    probe.join(7);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      assertEquals(List.of(), probe.lost(7));
      List<GossipOutput> outputs = probe.expire(REJOIN);
      assertEquals(send(7, JOIN), outputs.get(0));
      delays.add(((GossipOutput.Schedule) outputs.get(1)).delay().toMillis());
    }
    assertEquals(List.of(1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L, 30000L), delays);
  }

  @Test
  void contact_answering_endsTheAttempts() {
    Probe probe = Probe.joined();
    probe.join(7);
    probe.receive(7, neighbor(Priority.HIGH));
    assertEquals(List.of(), probe.expire(REJOIN));
  }

  @Test
  void contact_missingBesideANeighbor_isStillTried() {
    Probe probe = Probe.joined();
    probe.join(7, 8);
    probe.receive(8, neighbor(Priority.HIGH));
    assertEquals(List.of(send(7, JOIN), schedule(1000, REJOIN)), probe.expire(REJOIN));
  }

  @Test
  void contacts_many_areTriedAFewAtATimeBeforeTheDelayGrows() {
    Probe probe = Probe.joined();
    int[] contacts = IntStream.rangeClosed(1, 12).toArray();
    List<GossipOutput> first = probe.join(contacts);
    assertEquals(6, first.size());
    List<GossipOutput> tried = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<GossipOutput> outputs = probe.expire(REJOIN);
      tried.addAll(outputs.subList(0, 5));
      assertEquals(schedule(500, REJOIN), outputs.get(5));
    }
    List<GossipOutput> last = probe.expire(REJOIN);
    tried.addAll(last.subList(0, 2));
    assertEquals(schedule(1000, REJOIN), last.get(2));
    assertEquals(12, tried.stream().distinct().count());
  }

  @Test
  void neighbor_lost_isContactedAgain() {
    Probe probe = Probe.withNeighbors(4);
    assertEquals(List.of(Probe.down(4), schedule(500, REJOIN)), probe.lost(4));
    assertTrue(probe.expire(REJOIN).contains(send(4, JOIN)));
  }

  @Test
  void neighbor_leftOnPurpose_isNotContactedAgain() {
    Probe probe = Probe.withNeighbors(4);
    List<GossipOutput> outputs = probe.receive(4, new Disconnect(false, false));
    assertFalse(outputs.contains(schedule(500, REJOIN)));
  }

  @Test
  void contact_thatLeftOnPurpose_isContactedAgain() {
    Probe probe = Probe.joined();
    probe.join(4);
    probe.receive(4, neighbor(Priority.HIGH));
    probe.expire(REJOIN);
    assertTrue(probe.receive(4, new Disconnect(false, false)).contains(schedule(500, REJOIN)));
  }

  @Test
  void neighbor_restarted_getsMessagesInFullAgain() {
    Probe probe = Probe.withNeighbors(4);
    probe.receive(4, new BroadcastMessage.Prune());
    probe.receive(4, JOIN);
    assertTrue(probe.tree().eager().contains(peer(4)));
  }
}
