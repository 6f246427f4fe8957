package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.topic;
import static org.docs4j.gossip.proto.Probe.TOPIC;
import static org.docs4j.gossip.proto.Probe.awaitNeighbor;
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
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;
import org.junit.jupiter.api.Test;

/** Shuffles and what is learnt about peers, by the rules of WIRE 5.3, each by the whole list of outputs. */
class MembershipShuffleTest {
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
}
