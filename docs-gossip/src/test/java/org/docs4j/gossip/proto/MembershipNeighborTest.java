package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;
import static org.docs4j.gossip.proto.Probe.JOIN;
import static org.docs4j.gossip.proto.Probe.TOPIC;
import static org.docs4j.gossip.proto.Probe.awaitNeighbor;
import static org.docs4j.gossip.proto.Probe.down;
import static org.docs4j.gossip.proto.Probe.neighbor;
import static org.docs4j.gossip.proto.Probe.release;
import static org.docs4j.gossip.proto.Probe.reply;
import static org.docs4j.gossip.proto.Probe.schedule;
import static org.docs4j.gossip.proto.Probe.send;
import static org.docs4j.gossip.proto.Probe.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.TopicId;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.junit.jupiter.api.Test;

/** Neighbours that come and go by the rules of WIRE 5.3, each by the whole list of outputs. */
class MembershipNeighborTest {
  @Test
  void neighbor_unsolicited_isAnsweredWithItsPriority() {
    Probe probe = Probe.withNeighbors(1);
    assertEquals(
        List.of(up(2), send(2, neighbor(Priority.LOW)), awaitNeighbor(2, 1)),
        probe.receive(2, neighbor(Priority.LOW)));
  }

  @Test
  void neighbor_highWhenFull_evicts() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    assertEquals(
        List.of(
            down(1),
            send(1, reply(2, 3, 4, 5)),
            send(1, new Disconnect(true, false)),
            release(1),
            up(6),
            send(6, neighbor(Priority.HIGH)),
            awaitNeighbor(6, 5)),
        probe.receive(6, neighbor(Priority.HIGH)));
  }

  @Test
  void neighbor_lowWhenFull_isRefusedWithFarewell() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    Neighbor wish = new Neighbor(Priority.LOW, PeerData.of(Bytes.of(new byte[] {1})));
    assertEquals(
        List.of(send(6, reply(1, 2, 3, 4, 5)), send(6, new Disconnect(true, false)), release(6)),
        probe.receive(6, wish));
    assertEquals(5, probe.active().size());
  }

  @Test
  void neighbor_answered_isNotAnsweredAgain() {
    Probe probe = Probe.joined();
    probe.receive(1, JOIN);
    assertEquals(List.of(), probe.receive(1, neighbor(Priority.HIGH)));
    assertEquals(List.of(peer(1)), probe.active());
  }

  @Test
  void membershipMessage_ofStranger_releasesIt() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    assertEquals(List.of(release(9)), probe.receive(9, reply(20)));
    assertEquals(List.of(peer(20)), probe.passive());
  }

  @Test
  void broadcastMessage_ofStranger_doesNotReleaseIt() {
    Probe probe = Probe.withNeighbors(1);
    assertEquals(List.of(), probe.receive(9, new BroadcastMessage.Prune()));
  }

  @Test
  void disconnect_alive_isRememberedAndReplaced() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(20);
    assertEquals(
        List.of(down(2), release(2), send(20, neighbor(Priority.LOW)), awaitNeighbor(20, 5)),
        probe.receive(2, new Disconnect(true, false)));
    assertEquals(List.of(peer(20), peer(2)), probe.passive());
    probe.lost(2);
    assertTrue(probe.passive().contains(peer(2)), "the end of its connection is no sign of failure");
  }

  @Test
  void disconnect_ofOnlyNeighbor_replacesItWithHighPriority() {
    Probe probe = Probe.withNeighbors(1);
    probe.remember(20);
    assertEquals(
        List.of(
            down(1),
            release(1),
            send(20, neighbor(Priority.HIGH)),
            awaitNeighbor(20, 1),
            schedule(500, new GossipTimer.Rejoin())),
        probe.receive(1, new Disconnect(false, false)));
    assertEquals(List.of(peer(20)), probe.passive());
  }

  @Test
  void neighborTimeout_unanswered_forgetsThePeerAndAsksTheNext() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(20, 21);
    probe.receive(1, new Disconnect(false, false));
    assertEquals(
        List.of(release(20), send(21, neighbor(Priority.LOW)), awaitNeighbor(21, 6)),
        probe.expire(new GossipTimer.NeighborTimeout(peer(20), 5)).stream()
            .filter(output -> !output.equals(schedule(500, new GossipTimer.Rejoin())))
            .toList());
    assertEquals(List.of(peer(21)), probe.passive());
  }

  @Test
  void neighborTimeout_ofEarlierRequest_doesNothing() {
    Probe probe = Probe.joined();
    probe.receive(1, JOIN);
    probe.receive(1, JOIN);
    assertEquals(List.of(), probe.expire(new GossipTimer.NeighborTimeout(peer(1), 0)));
    assertEquals(List.of(), probe.expire(new GossipTimer.NeighborTimeout(peer(1), 1)));
    assertEquals(List.of(peer(1)), probe.active());
  }

  @Test
  void peerDisconnected_neighbor_isForgottenAndReplaced() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(20);
    assertEquals(
        List.of(
            down(3),
            send(20, neighbor(Priority.LOW)),
            awaitNeighbor(20, 5),
            schedule(500, new GossipTimer.Rejoin())),
        probe.lost(3));
    assertFalse(probe.passive().contains(peer(3)));
  }

  @Test
  void peerDisconnected_whileAsked_asksTheNextAtOnce() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(20, 21);
    probe.receive(1, new Disconnect(false, false));
    assertEquals(List.of(send(21, neighbor(Priority.LOW)), awaitNeighbor(21, 6)), probe.lost(20));
    assertEquals(List.of(peer(21)), probe.passive());
  }

  @Test
  void release_peerOfTwoTopics_waitsForBoth() {
    Probe probe = Probe.withNeighbors(1);
    TopicId other = topic(2);
    probe.on(new GossipInput.Join(other, List.of()));
    probe.on(new GossipInput.Received(other, peer(1), JOIN));
    assertFalse(probe.on(new GossipInput.Leave(TOPIC)).contains(release(1)));
    assertTrue(probe.on(new GossipInput.Leave(other)).contains(release(1)));
  }
}
