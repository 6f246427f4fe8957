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
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.gossip.net.SimSwarm.Node;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MessageId;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.wire.Frames;
import org.docs4j.tck.LogWatch;
import org.junit.jupiter.api.Test;

/** Streams of a peer that end, in order or not, where no stream may end (WIRE 11.8). */
class CutStreamsTest {
  private static final Join JOIN = new Join(PeerData.absent());

  private static Gossip gossip(String text) {
    Bytes content = bytes(text);
    return new Gossip(MessageId.ofContent(content), content, new Scope.Swarm(0));
  }

  private static void end(SimSwarm swarm, SendStream stream, boolean reset) {
    swarm.run(Duration.ofMillis(100));
    if (reset) {
      stream.reset(1);
    } else {
      swarm.sim.conditions().result("finishing", stream.finish());
    }
    swarm.run(Duration.ofMillis(100));
  }

  @Test
  void when_streamsEndOrAreResetWithinAFrame_then_theConnectionAndAllOthersGoOn() {
    SimSwarm swarm = new SimSwarm(1);
    Node node = swarm.start("node").join();
    Node other = swarm.start("other").join(node);
    RawPeer peer = new RawPeer(swarm, "peer");
    Connection connection = peer.dial(node);
    SendStream whole = peer.openTopic(connection, JOIN);
    swarm.until("neighbourhood", () -> node.isNeighbor(other) && node.isNeighbor(peer.endpoint.id()));
    byte[] frame = Frames.message(gossip("never whole"));
    byte[] both = concat(Frames.header(TOPIC), frame);
    int header = both.length - frame.length;
    List<Integer> cuts = List.of(1, 4, header - 1, header + 1, header + 3, header + 4, header + 5, both.length - 1);
    for (int cut : cuts) {
      for (boolean reset : new boolean[] {false, true}) {
        try (LogWatch since = new LogWatch("org.docs4j.gossip")) {
          SendStream stream = peer.open(connection, Arrays.copyOf(both, cut));
          end(swarm, stream, reset);
          assertTrue(
              since.said("peer " + peer.endpoint.id().shortText(), "ended within a frame"),
              () -> "cut at " + cut + (reset ? " by a reset" : "") + ": " + since);
        }
      }
      peer.write(whole, Frames.message(gossip("after " + cut)));
      swarm.until("delivery", () -> node.heard().contains("after " + cut));
      swarm.until("the same at another one", () -> other.heard().contains("after " + cut));
    }
    assertTrue(node.say("and back"));
    swarm.until("answer", () -> peer.messages().contains(gossip("and back")));
    assertEquals(cuts.size(), node.heard().size());
    assertTrue(node.isNeighbor(peer.endpoint.id()));
    assertEquals(List.of(), peer.closed);
  }

  @Test
  void when_theOnlyStreamOfAPeerEndsWithinAFrame_then_othersGoOnAndItMayBeginAnew() {
    SimSwarm swarm = new SimSwarm(2);
    Node node = swarm.start("node").join();
    Node other = swarm.start("other").join(node);
    swarm.until("neighbourhood", () -> node.isNeighbor(other));
    for (boolean reset : new boolean[] {false, true}) {
      RawPeer peer = new RawPeer(swarm, reset ? "peer that resets" : "peer");
      Connection connection = peer.dial(node);
      SendStream stream = peer.openTopic(connection, JOIN);
      swarm.until("neighbourhood", () -> node.isNeighbor(peer.endpoint.id()));
      byte[] frame = Frames.message(gossip("never whole"));
      peer.write(stream, Arrays.copyOf(frame, frame.length / 2));
      end(swarm, stream, reset);
      assertFalse(connection.closed().toCompletableFuture().isDone());
      String word = reset ? "after a reset" : "after an end";
      assertTrue(node.say(word));
      swarm.until("delivery to another one", () -> other.heard().contains(word));
      Connection anew = peer.dial(node);
      peer.openTopic(anew, JOIN, gossip("anew " + word));
      swarm.until("delivery of what comes anew", () -> other.heard().contains("anew " + word));
    }
    assertFalse(node.heard().contains("never whole"));
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }
}
