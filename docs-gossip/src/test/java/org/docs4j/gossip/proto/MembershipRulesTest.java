package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;
import static org.docs4j.gossip.proto.Probe.TOPIC;
import static org.docs4j.gossip.proto.Probe.awaitNeighbor;
import static org.docs4j.gossip.proto.Probe.down;
import static org.docs4j.gossip.proto.Probe.infos;
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
import java.util.stream.IntStream;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.TopicId;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;
import org.junit.jupiter.api.Test;

/** The rules of WIRE 5.3, each by the whole list of outputs. */
class MembershipRulesTest {
  private static final Join JOIN = new Join(PeerData.absent());

  private static ForwardJoin forward(int peer, int ttl) {
    return new ForwardJoin(new PeerInfo(peer(peer), PeerData.absent()), ttl);
  }

  @Test
  void joinCommand_withContact_sendsJoin() {
    Probe probe = new Probe(GossipConfig.defaults());
    assertEquals(
        List.of(
            schedule(60_000, new GossipTimer.Shuffle()),
            send(7, JOIN),
            schedule(500, new GossipTimer.Rejoin())),
        probe.join(7));
  }

  @Test
  void joinCommand_withItself_sendsNothing() {
    assertEquals(List.of(), Probe.joined().join(0));
  }

  @Test
  void join_withRoom_makesNeighborAndIntroducesIt() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(
            up(3),
            send(3, neighbor(Priority.HIGH)),
            awaitNeighbor(3, 2),
            send(1, forward(3, 6)),
            send(2, forward(3, 6))),
        probe.receive(3, JOIN));
  }

  @Test
  void join_ofNeighbor_isAnsweredAgainWithoutEvent() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(send(2, neighbor(Priority.HIGH)), awaitNeighbor(2, 2), send(1, forward(2, 6))),
        probe.receive(2, JOIN));
  }

  @Test
  void join_whileAnswerIsAwaited_isAnswered() {
    Probe probe = Probe.joined();
    probe.receive(1, JOIN);
    assertEquals(List.of(send(1, neighbor(Priority.HIGH)), awaitNeighbor(1, 1)), probe.receive(1, JOIN));
  }

  @Test
  void join_whenFull_evictsANeighborWithFarewell() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(10);
    assertEquals(
        List.of(
            down(1),
            send(1, reply(10, 2, 3, 4, 5)),
            send(1, new Disconnect(true, false)),
            release(1),
            up(6),
            send(6, neighbor(Priority.HIGH)),
            awaitNeighbor(6, 5),
            send(2, forward(6, 6)),
            send(3, forward(6, 6)),
            send(4, forward(6, 6)),
            send(5, forward(6, 6))),
        probe.receive(6, JOIN));
    assertEquals(List.of(peer(10), peer(1)), probe.passive());
  }

  @Test
  void forwardJoin_ofNeighbor_renewsTheNeighborhood() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(send(2, neighbor(Priority.HIGH)), awaitNeighbor(2, 2)), probe.receive(1, forward(2, 4)));
  }

  @Test
  void forwardJoin_atItsEnd_asksThePeerBeforeItIsNeighbor() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(send(9, neighbor(Priority.HIGH)), awaitNeighbor(9, 2)), probe.receive(1, forward(9, 0)));
    assertEquals(List.of(peer(1), peer(2)), probe.active());
    assertEquals(List.of(up(9)), probe.receive(9, neighbor(Priority.HIGH)));
  }

  @Test
  void forwardJoin_withOneNeighbor_asksThePeer() {
    Probe probe = Probe.withNeighbors(1);
    assertEquals(
        List.of(send(9, neighbor(Priority.HIGH)), awaitNeighbor(9, 1)), probe.receive(1, forward(9, 6)));
  }

  @Test
  void forwardJoin_onItsWay_goesToAnotherNeighbor() {
    Probe probe = Probe.withNeighbors(1, 2, 3);
    assertEquals(List.of(send(2, forward(9, 4))), probe.receive(1, forward(9, 5)));
    assertEquals(List.of(), probe.passive());
    assertEquals(List.of(send(1, forward(9, 2))), probe.receive(2, forward(9, 3)));
    assertEquals(List.of(peer(9)), probe.passive());
  }

  @Test
  void forwardJoin_aboutItself_isIgnored() {
    Probe probe = Probe.withNeighbors(1);
    assertEquals(List.of(), probe.receive(1, forward(0, 6)));
  }

  @Test
  void forwardJoins_ofManyStrangers_askOnlySome() {
    Probe probe = Probe.withNeighbors(1, 2);
    int asked = 0;
    for (int i = 100; i < 200; i++) {
      asked += probe.receive(1, forward(i, 0)).isEmpty() ? 0 : 1;
    }
    assertEquals(16, asked);
  }

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
  void shuffleTimer_withNeighbors_offersSomePeersAndItself() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    probe.remember(20, 21, 22, 23, 24);
    assertEquals(
        List.of(
            send(1, new Shuffle(Probe.SELF, infos(2, 3, 4, 20, 21, 22, 23, 0), 6)),
            schedule(60_000, new GossipTimer.Shuffle())),
        probe.expire(new GossipTimer.Shuffle()));
  }

  @Test
  void shuffleTimer_alone_onlyWaits() {
    assertEquals(
        List.of(schedule(60_000, new GossipTimer.Shuffle())), Probe.joined().expire(new GossipTimer.Shuffle()));
  }

  @Test
  void shuffle_onItsWay_goesToAnotherNeighborThanOriginAndSender() {
    Probe probe = Probe.withNeighbors(1, 2, 3);
    assertEquals(
        List.of(send(3, new Shuffle(peer(1), infos(20), 5))),
        probe.receive(2, new Shuffle(peer(1), infos(20), 6)));
  }

  @Test
  void shuffle_atItsEnd_isAnsweredWithAsManyAndRemembered() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(send(9, reply(20, 21)), release(9)), probe.receive(1, new Shuffle(peer(9), infos(20, 21), 0)));
    assertEquals(List.of(peer(20), peer(21)), probe.passive());
  }

  @Test
  void shuffle_ofItself_isIgnored() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(List.of(), probe.receive(1, new Shuffle(Probe.SELF, infos(20), 0)));
  }

  @Test
  void shuffleReply_withRoom_asksOneOfThem() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(send(20, neighbor(Priority.LOW)), awaitNeighbor(20, 2)), probe.receive(1, reply(20, 21)));
  }

  @Test
  void shuffleReply_withManyPeers_keepsThePassiveViewSmall() {
    Probe probe = Probe.withNeighbors(1, 2, 3, 4, 5);
    for (int batch = 0; batch < 10; batch++) {
      int first = 100 + 40 * batch;
      probe.receive(1, new ShuffleReply(infos(IntStream.range(first, first + 40).toArray())));
    }
    assertEquals(30, probe.passive().size());
  }

  @Test
  void leave_withNeighbors_saysFarewell() {
    Probe probe = Probe.withNeighbors(1, 2);
    assertEquals(
        List.of(
            send(1, reply(2)),
            send(1, new Disconnect(false, false)),
            release(1),
            send(2, reply()),
            send(2, new Disconnect(false, false)),
            release(2)),
        probe.on(new GossipInput.Leave(TOPIC)));
    assertEquals(List.of(), probe.receive(1, JOIN));
  }

  @Test
  void timer_ofEarlierJoining_doesNothing() {
    Probe probe = Probe.withNeighbors(1);
    probe.on(new GossipInput.Leave(TOPIC));
    probe.join();
    assertEquals(List.of(), probe.expire(new GossipTimer.Shuffle()));
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
  void peerData_learnt_isToldOnceAndPassedOn() {
    Probe probe = Probe.withNeighbors(1);
    Bytes bytes = Bytes.of(new byte[] {1, 2, 3});
    Join join = new Join(PeerData.of(bytes));
    GossipOutput learnt = new GossipOutput.PeerDataLearnt(peer(2), bytes);
    List<GossipOutput> first = probe.receive(2, join);
    assertEquals(learnt, first.get(0));
    assertEquals(send(1, new ForwardJoin(new PeerInfo(peer(2), PeerData.of(bytes)), 6)), first.get(4));
    assertFalse(probe.receive(2, join).contains(learnt));
    assertEquals(
        List.of(new PeerInfo(peer(2), PeerData.of(bytes))),
        ((ShuffleReply) ((GossipOutput.Send) probe.receive(1, new Shuffle(peer(9), infos(1, 2), 0)).get(0)).message())
            .nodes().stream().filter(node -> node.id().equals(peer(2))).toList());
  }

  @Test
  void peerData_oversized_isNotKept() {
    Probe probe = Probe.joined();
    Join join = new Join(PeerData.of(Bytes.of(new byte[PeerDirectory.MAX_DATA_BYTES + 1])));
    assertEquals(
        List.of(up(2), send(2, neighbor(Priority.HIGH)), awaitNeighbor(2, 0)), probe.receive(2, join));
  }

  @Test
  void peerData_ofManyStrangers_isKeptOfFew() {
    Probe probe = Probe.withNeighbors(1, 2);
    for (int i = 100; i < 2000; i++) {
      PeerInfo stranger = new PeerInfo(peer(i), PeerData.of(Bytes.of(new byte[] {(byte) i, (byte) (i >> 8)})));
      probe.receive(1, new ForwardJoin(stranger, i % 7));
      probe.receive(2, new Shuffle(peer(i), List.of(stranger), i % 2));
      probe.receive(1, new ShuffleReply(List.of(stranger)));
      probe.receive(i, new Neighbor(Priority.LOW, stranger.data()));
      probe.receive(i, new Disconnect(i % 3 == 0, false));
      probe.lost(i);
    }
    int known = probe.state.topic(TOPIC).membership().views().known();
    assertTrue(known <= 5 + 30 + 16, () -> known + " known");
  }

  @Test
  void selfData_changed_isSentFromThenOn() {
    Probe probe = Probe.joined();
    PeerData data = PeerData.of(Bytes.of(new byte[] {5}));
    probe.on(new GossipInput.SelfChanged(data));
    assertTrue(probe.join(4).contains(send(4, new Join(data))));
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
