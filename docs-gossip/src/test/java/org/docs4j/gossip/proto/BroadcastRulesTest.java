package org.docs4j.gossip.proto;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.proto.Probe.TOPIC;
import static org.docs4j.gossip.proto.Probe.schedule;
import static org.docs4j.gossip.proto.Probe.send;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.spi.gossip.GossipEvent;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.gossip.proto.BroadcastMessage.Announcement;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.BroadcastMessage.Graft;
import org.docs4j.gossip.proto.BroadcastMessage.GraftLink;
import org.docs4j.gossip.proto.BroadcastMessage.IHave;
import org.docs4j.gossip.proto.BroadcastMessage.Prune;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.junit.jupiter.api.Test;

/** The rules of WIRE 5.4, each by the whole list of outputs. */
class BroadcastRulesTest {
  private static final Bytes CONTENT = content("hello");
  private static final MessageId ID = MessageId.ofContent(CONTENT);
  private static final GossipOutput EVICT = schedule(1000, new GossipTimer.Evict());
  private static final GossipOutput DISPATCH = schedule(5, new GossipTimer.DispatchAnnouncements());

  private static Bytes content(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Gossip swarm(int round) {
    return new Gossip(ID, CONTENT, new Scope.Swarm(round));
  }

  private static IHave announce(int round, MessageId... ids) {
    List<Announcement> announcements = new ArrayList<>();
    for (MessageId id : ids) {
      announcements.add(new Announcement(id, round));
    }
    return new IHave(announcements);
  }

  private static GossipOutput received(int from, Scope scope) {
    return new GossipOutput.Emit(TOPIC, new GossipEvent.Received(CONTENT, peer(from), scope));
  }

  private static GossipTimer.SendGraft graft(MessageId id) {
    return new GossipTimer.SendGraft(id);
  }

  /** Neighbours 1 and 2 are eager, 3 is lazy. */
  private static Probe probe() {
    Probe probe = Probe.withNeighbors(1, 2, 3);
    probe.receive(3, new Prune());
    return probe;
  }

  @Test
  void broadcast_toSwarm_isPushedToEagerAndAnnouncedToLazyPeers() {
    Probe probe = probe();
    assertEquals(List.of(EVICT, send(1, swarm(0)), send(2, swarm(0)), DISPATCH), probe.broadcast(CONTENT));
    assertEquals(List.of(send(3, announce(0, ID))), probe.expire(new GossipTimer.DispatchAnnouncements()));
  }

  @Test
  void broadcast_again_isNotSentAgain() {
    Probe probe = probe();
    probe.broadcast(CONTENT);
    assertEquals(List.of(), probe.broadcast(CONTENT));
  }

  @Test
  void broadcast_toNeighbors_reachesEagerPeersEachTime() {
    Probe probe = probe();
    Gossip message = new Gossip(ID, CONTENT, new Scope.Neighbors());
    for (int i = 0; i < 2; i++) {
      assertEquals(
          List.of(send(1, message), send(2, message)),
          probe.on(new GossipInput.Broadcast(TOPIC, CONTENT, GossipInput.Audience.NEIGHBORS)));
    }
    assertEquals(0, probe.tree().recent().contentCount());
  }

  @Test
  void gossip_new_isPassedOnAndDeliveredWithItsRound() {
    Probe probe = probe();
    assertEquals(
        List.of(EVICT, send(2, swarm(5)), DISPATCH, received(1, new Scope.Swarm(4))), probe.receive(1, swarm(4)));
    assertEquals(List.of(send(3, announce(5, ID))), probe.expire(new GossipTimer.DispatchAnnouncements()));
  }

  @Test
  void gossip_known_prunesTheSender() {
    Probe probe = probe();
    probe.receive(1, swarm(0));
    assertEquals(List.of(send(2, new Prune())), probe.receive(2, swarm(1)));
    assertEquals(Set.of(peer(1)), probe.tree().eager());
    assertEquals(Set.of(peer(2), peer(3)), probe.tree().lazy());
  }

  @Test
  void gossip_withForeignId_isDropped() {
    Probe probe = probe();
    Gossip spoofed = new Gossip(ID, content("other"), new Scope.Swarm(0));
    assertEquals(List.of(), probe.receive(1, spoofed));
    assertFalse(probe.tree().recent().contains(ID));
    assertEquals(List.of(), probe.receive(1, new Gossip(ID, content("other"), new Scope.Neighbors())));
  }

  @Test
  void gossip_toNeighbors_isDeliveredEachTimeAndNotPassedOn() {
    Probe probe = probe();
    Gossip message = new Gossip(ID, CONTENT, new Scope.Neighbors());
    assertEquals(List.of(received(1, new Scope.Neighbors())), probe.receive(1, message));
    assertEquals(List.of(received(2, new Scope.Neighbors())), probe.receive(2, message));
  }

  @Test
  void gossip_ofStranger_isDeliveredButTheStrangerGetsNothing() {
    Probe probe = Probe.withNeighbors(1);
    assertEquals(
        List.of(EVICT, send(1, swarm(1)), received(9, new Scope.Swarm(0))), probe.receive(9, swarm(0)));
    probe.receive(9, new GraftLink(0));
    assertEquals(Set.of(peer(1)), probe.tree().eager());
    assertEquals(List.of(send(9, new Prune())), probe.receive(9, swarm(0)));
    assertEquals(Set.of(), probe.tree().lazy());
  }

  @Test
  void gossip_ofLastRound_keepsIt() {
    Probe probe = probe();
    assertTrue(probe.receive(1, swarm(Message.MAX_HOPS)).contains(send(2, swarm(Message.MAX_HOPS))));
  }

  @Test
  void announcement_unknown_isAskedForAfterAWhile() {
    Probe probe = probe();
    assertEquals(List.of(schedule(80, graft(ID))), probe.receive(3, announce(2, ID)));
    assertEquals(List.of(), probe.receive(2, announce(4, ID)));
    assertEquals(List.of(send(3, new Graft(ID, 2)), schedule(40, graft(ID))), probe.expire(graft(ID)));
    assertTrue(probe.tree().eager().contains(peer(3)));
    assertEquals(List.of(send(2, new Graft(ID, 4)), schedule(40, graft(ID))), probe.expire(graft(ID)));
    assertEquals(List.of(), probe.expire(graft(ID)));
    assertEquals(0, probe.tree().missing().size());
  }

  @Test
  void announcement_arrivedMeanwhile_isNotAskedFor() {
    Probe probe = probe();
    probe.receive(3, announce(2, ID));
    probe.receive(1, swarm(0));
    assertEquals(List.of(), probe.expire(graft(ID)));
    assertEquals(List.of(), probe.receive(3, announce(2, ID)));
  }

  @Test
  void announcement_ofPeerThatLeft_isNotAskedFor() {
    Probe probe = probe();
    probe.receive(3, announce(2, ID));
    probe.receive(3, new Disconnect(true, false));
    assertEquals(List.of(), probe.expire(graft(ID)));
  }

  @Test
  void announcements_ofOnePeer_areBounded() {
    Probe probe = probe();
    for (int i = 0; i < 10_000; i++) {
      probe.receive(3, announce(1, MessageId.ofContent(content("a" + i))));
    }
    assertEquals(8192, probe.tree().missing().size());
    assertEquals(
        List.of(schedule(80, graft(ID))), probe.receive(2, announce(1, ID)), "another peer is still heard");
  }

  @Test
  void graft_ofKnownMessage_isAnsweredWithIt() {
    Probe probe = probe();
    probe.receive(1, swarm(0));
    assertEquals(List.of(send(3, swarm(1))), probe.receive(3, new Graft(ID, 1)));
    assertTrue(probe.tree().eager().contains(peer(3)));
  }

  @Test
  void graft_ofUnknownMessage_onlyMakesEager() {
    Probe probe = probe();
    assertEquals(List.of(), probe.receive(3, new Graft(ID, 1)));
    assertTrue(probe.tree().eager().contains(peer(3)));
  }

  @Test
  void gossip_muchLaterThanItsAnnouncement_changesTheTree() {
    Probe probe = probe();
    probe.receive(3, announce(2, ID));
    assertEquals(
        List.of(
            EVICT,
            send(2, swarm(9)),
            DISPATCH,
            send(3, new GraftLink(2)),
            send(1, new Prune()),
            received(1, new Scope.Swarm(8))),
        probe.receive(1, swarm(8)));
    assertEquals(Set.of(peer(2), peer(3)), probe.tree().eager());
    assertEquals(Set.of(peer(1)), probe.tree().lazy());
  }

  @Test
  void gossip_littleLaterThanItsAnnouncement_changesNothing() {
    Probe probe = probe();
    probe.receive(3, announce(2, ID));
    assertEquals(
        List.of(EVICT, send(2, swarm(8)), DISPATCH, received(1, new Scope.Swarm(7))), probe.receive(1, swarm(7)));
  }

  @Test
  void neighborDown_withAnnouncementsWaiting_dropsThem() {
    Probe probe = probe();
    probe.broadcast(CONTENT);
    probe.lost(3);
    assertEquals(List.of(), probe.expire(new GossipTimer.DispatchAnnouncements()));
  }

  @Test
  void announcements_moreThanFitIntoAMessage_areSplit() {
    Probe probe = probe();
    int sent = 0;
    for (int i = 0; i < 300; i++) {
      for (GossipOutput output : probe.broadcast(content("a" + i))) {
        if (output instanceof GossipOutput.Send send && send.message() instanceof IHave ihave) {
          assertEquals(116, ihave.announcements().size());
          sent += 116;
        }
      }
    }
    List<GossipOutput> rest = probe.expire(new GossipTimer.DispatchAnnouncements());
    assertEquals(1, rest.size());
    sent += ((IHave) ((GossipOutput.Send) rest.get(0)).message()).announcements().size();
    assertEquals(300, sent);
  }

  @Test
  void evict_afterAWhile_forgetsContentFirstThenTheId() {
    Probe probe = probe();
    probe.broadcast(CONTENT);
    probe.now = Duration.ofSeconds(30);
    assertEquals(List.of(EVICT), probe.expire(new GossipTimer.Evict()));
    assertEquals(0, probe.tree().recent().contentCount());
    assertEquals(List.of(send(2, new Prune())), probe.receive(2, swarm(0)));
    probe.now = Duration.ofSeconds(90);
    assertEquals(List.of(), probe.expire(new GossipTimer.Evict()), "nothing is left to forget");
    assertEquals(0, probe.tree().recent().idCount());
  }

  @Test
  void cache_manyLargeMessages_staysBounded() {
    Probe probe = probe();
    BroadcastConfig limits = BroadcastConfig.defaults();
    for (int i = 0; i < 2000; i++) {
      byte[] large = new byte[4000];
      large[0] = (byte) i;
      large[1] = (byte) (i >> 8);
      probe.broadcast(Bytes.of(large));
    }
    assertEquals(limits.maxContentBytes() / 4000, probe.tree().recent().contentCount());
    assertEquals(2000, probe.tree().recent().idCount());
  }

  @Test
  void ids_ofManyMessages_stayBounded() {
    Probe probe = probe();
    int most = BroadcastConfig.defaults().maxIds();
    for (int i = 0; i < most + 100; i++) {
      probe.broadcast(content("m" + i));
    }
    assertEquals(most, probe.tree().recent().idCount());
    assertEquals(BroadcastConfig.defaults().maxContents(), probe.tree().recent().contentCount());
  }
}
