package org.docs4j.gossip.net;

import static org.docs4j.gossip.net.SimSwarm.TOPIC;
import static org.docs4j.gossip.net.SimSwarm.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.spi.gossip.GossipEvent.Received;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.gossip.net.SimSwarm.Node;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.proto.MessageId;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.proto.PeerInfo;
import org.docs4j.gossip.wire.Frames;
import org.docs4j.gossip.wire.PeerDataCodec;
import org.docs4j.tck.LogWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node says and bears on its streams (WIRE 5.1, 11), against a peer that the test plays. */
class StreamRulesTest {
  private static final Join JOIN = new Join(PeerData.absent());
  private static final Neighbor NEIGHBOR = new Neighbor(Priority.HIGH, PeerData.absent());

  private final LogWatch log = new LogWatch("org.docs4j.gossip");

  @AfterEach
  void endWatch() {
    log.close();
  }

  private static Gossip gossip(String text) {
    Bytes content = bytes(text);
    return new Gossip(MessageId.ofContent(content), content, new Scope.Swarm(0));
  }

  @Test
  void when_nodeJoinsAndLeaves_then_itsOneStreamTellsTheWholeStory() {
    SimSwarm swarm = new SimSwarm(1);
    RawPeer peer = new RawPeer(swarm, "peer");
    Node node = swarm.start("node").join(peer.endpoint.addr());
    swarm.until("join", () -> peer.messages().size() == 1);
    PeerData data = PeerData.of(PeerDataCodec.write(node.endpoint.addr()));
    SendStream stream = peer.openTopic(peer.connections.get(0), NEIGHBOR);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    assertTrue(node.say("hello"));
    swarm.until("message", () -> peer.messages().size() == 3);
    node.topics.get(0).close();
    swarm.until("end of the stream", () -> peer.streams.get(0).ended);
    assertEquals(1, peer.streams.size());
    assertEquals(TOPIC, peer.streams.get(0).topic());
    assertEquals(
        List.of(
            new Join(data),
            new Neighbor(Priority.HIGH, data),
            gossip("hello"),
            new ShuffleReply(List.of()),
            new Disconnect(false, false)),
        peer.messages());
    assertEquals(List.of(), peer.closed, "the peer has not ended its stream");
    swarm.sim.conditions().result("finishing", stream.finish());
    swarm.until("end of the connection", () -> !peer.closed.isEmpty());
    assertEquals(List.of(new CloseInfo(CloseInfo.Kind.PEER, 0, "close from disconnect")), peer.closed);
  }

  @Test
  void when_nodeStops_then_itsFarewellArrivesBeforeTheConnectionEnds() {
    SimSwarm swarm = new SimSwarm(12);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    peer.openTopic(peer.dial(node), JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    swarm.until("stream", () -> !peer.streams.isEmpty());
    assertTrue(node.say("last words"));
    node.stop();
    swarm.until("end of the stream", () -> peer.streams.get(0).ended);
    List<Message> messages = peer.messages();
    assertEquals(
        List.of(gossip("last words"), new ShuffleReply(List.of()), new Disconnect(false, false)),
        messages.subList(messages.size() - 3, messages.size()));
    swarm.until("end of the connection", () -> !peer.closed.isEmpty());
  }

  @Test
  void when_peerNeverEndsItsStream_then_theConnectionEndsAfterAWhile() {
    SimSwarm swarm = new SimSwarm(2);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    peer.openTopic(peer.dial(node), JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    node.topics.get(0).close();
    swarm.run(Duration.ofSeconds(4));
    assertEquals(List.of(), peer.closed);
    swarm.sim.conditions().withPatience(Duration.ofSeconds(7)).until("end", () -> !peer.closed.isEmpty());
  }

  @Test
  void when_streamsStaySilentOrAreGarbage_then_othersGoOnAndNoneIsRefused() {
    SimSwarm swarm = new SimSwarm(3);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    Connection connection = peer.dial(node);
    SendStream silent = peer.open(connection, new byte[] {0, 0});
    SendStream wrongHeader = peer.open(connection, new byte[] {0, 0, 0, 3, 1, 2, 3});
    SendStream hugeHeader = peer.open(connection, new byte[] {-1, -1, -1, -1});
    peer.openTopic(connection, JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    for (int i = 0; i < 50; i++) {
      peer.write(wrongHeader, new byte[10_000]);
      peer.write(hugeHeader, new byte[10_000]);
    }
    // The rest of a header, and what follows it.
    peer.write(silent, Arrays.copyOfRange(Frames.header(TOPIC), 2, 36));
    peer.write(silent, Frames.message(gossip("at last")));
    swarm.until("delivery", () -> node.heard().contains("at last"));
    assertTrue(log.said("peer " + peer.endpoint.id().shortText(), "a stream names no topic"), log::toString);
    assertEquals(List.of(), peer.closed);
  }

  @Test
  void when_framesAreTooLongOrDoNotDecode_then_theTopicGoesOn() {
    SimSwarm swarm = new SimSwarm(4);
    Node node = swarm.start("node").join();
    Node other = swarm.start("other").join(node);
    swarm.until("neighbourhood", () -> node.isNeighbor(other));
    RawPeer peer = new RawPeer(swarm, "peer");
    Connection connection = peer.dial(node);
    SendStream stream = peer.openTopic(connection, JOIN);
    peer.write(stream, ByteBuffer.allocate(4 + 100_000).putInt(100_000).array());
    peer.write(stream, ByteBuffer.allocate(4 + 4097).putInt(4097).array());
    peer.write(stream, new byte[] {0, 0, 0, 2, 9, 9});
    peer.write(stream, new byte[4]);
    peer.write(stream, Frames.message(gossip("after all that")));
    swarm.until("delivery", () -> node.heard().contains("after all that"));
    assertTrue(node.say("and back"));
    swarm.until("answer", () -> peer.messages().contains(gossip("and back")));
    swarm.until("the same at another one", () -> other.heard().contains("and back"));
    assertEquals(1, peer.streams.size());
    assertTrue(log.said("peer " + peer.endpoint.id().shortText(), "does not decode"), log::toString);
    assertTrue(log.said("peer " + peer.endpoint.id().shortText(), "too long"), log::toString);
  }

  @Test
  void when_contentDoesNotMatchItsId_then_nobodyHearsIt() {
    SimSwarm swarm = new SimSwarm(5);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    Gossip spoofed = new Gossip(gossip("true").id(), bytes("false"), new Scope.Swarm(0));
    peer.openTopic(peer.dial(node), JOIN, spoofed, gossip("true"));
    swarm.until("delivery", () -> !node.heard().isEmpty());
    assertEquals(List.of("true"), node.heard());
  }

  @Test
  void when_peerConnectsTwice_then_bothAreReadAndTheNewerIsUsed() {
    SimSwarm swarm = new SimSwarm(6);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    SendStream first = peer.openTopic(peer.dial(node), JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    SendStream second = peer.openTopic(peer.dial(node));
    swarm.until("end of the first", () -> peer.streams.get(0).ended);
    peer.write(first, Frames.message(gossip("one")));
    peer.write(second, Frames.message(gossip("two")));
    swarm.until("delivery", () -> node.heard().size() == 2);
    assertTrue(node.say("three"));
    swarm.until("answer", () -> peer.messages().contains(gossip("three")));
    assertEquals(2, peer.streams.size());
    assertTrue(peer.streams.get(1).messages().contains(gossip("three")));
    assertEquals(List.of(), peer.closed);
  }

  @Test
  void when_aConnectionOfTwoBreaks_then_theOtherIsUsedWithoutAWord() {
    SimSwarm swarm = new SimSwarm(7);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    peer.openTopic(peer.dial(node), JOIN);
    Connection second = peer.dial(node);
    peer.openTopic(second);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
    int events = node.events.size();
    second.close(0, "");
    swarm.run(Duration.ofSeconds(1));
    assertTrue(node.say("still here"));
    swarm.until("answer", () -> peer.messages().contains(gossip("still here")));
    assertEquals(events, node.events.size());
  }

  @Test
  void when_peerConnectsAndSaysNothing_then_itsConnectionIsEnded() {
    SimSwarm swarm = new SimSwarm(8);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    peer.dial(node);
    swarm.sim.conditions().withPatience(Duration.ofSeconds(11)).until("end", () -> !peer.closed.isEmpty());
  }

  @Test
  void when_peerTalksOfATopicThatIsNotJoined_then_itIsEndedOnceItFallsSilent() {
    SimSwarm swarm = new SimSwarm(9);
    Node node = swarm.start("node");
    RawPeer peer = new RawPeer(swarm, "peer");
    peer.openTopic(peer.dial(node), JOIN);
    swarm.run(Duration.ofSeconds(25));
    assertEquals(List.of(), peer.closed);
    assertEquals(List.of(), peer.streams);
    swarm.sim.conditions().withPatience(Duration.ofSeconds(20)).until("end", () -> !peer.closed.isEmpty());
  }

  @Test
  void when_peerTakesNothing_then_othersGoOnAndItIsCutOff() {
    SimSwarm swarm = new SimSwarm(10);
    Node node = swarm.start("node").join();
    Node other = swarm.start("other").join(node);
    RawPeer peer = new RawPeer(swarm, "peer");
    Connection stuck = swarm.sim.conditions().result("dialling",
        peer.endpoint.connect(node.endpoint.addr(), GossipNode.ALPN));
    peer.openTopic(stuck, JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()) && node.isNeighbor(other));
    int count = 0;
    for (int i = 0; i < 300; i++) {
      assertTrue(node.topics.get(0).broadcast(Bytes.of(ByteBuffer.allocate(4000).putInt(i).array())));
      count++;
      swarm.run(Duration.ofMillis(10));
    }
    int sent = count;
    swarm.until("delivery to the other", () -> received(other) == sent);
    swarm.until("end of the one", () -> !node.isNeighbor(peer.endpoint.id()));
    assertTrue(node.isNeighbor(other));
  }

  private static long received(Node node) {
    return node.events.stream().filter(Received.class::isInstance).count();
  }

  @Test
  void when_peerTellsWhereAnotherIs_then_thatOneCanBeDialled() {
    SimSwarm swarm = new SimSwarm(11);
    Node node = swarm.start("node").join();
    RawPeer peer = new RawPeer(swarm, "peer");
    RawPeer third = new RawPeer(swarm, "third");
    peer.openTopic(
        peer.dial(node),
        JOIN,
        new ShuffleReply(List.of(new PeerInfo(third.endpoint.id(), third.data()))));
    swarm.until("request", () -> third.messages().stream().anyMatch(Neighbor.class::isInstance));
    assertFalse(node.isNeighbor(third.endpoint.id()));
  }
}
