package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
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

import java.util.List;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.junit.jupiter.api.Test;

/** Joining and leaving by the rules of WIRE 5.3, each by the whole list of outputs. */
class MembershipJoinTest {
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
}
