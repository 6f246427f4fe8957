package org.docs4j.gossip.wire;

import static org.docs4j.gossip.TestData.peer;
import static org.docs4j.gossip.TestData.row;
import static org.docs4j.gossip.TestData.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.gossip.GossipEvent.Scope;
import org.docs4j.api.wire.Hex;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.gossip.proto.BroadcastMessage.Announcement;
import org.docs4j.gossip.proto.BroadcastMessage.Gossip;
import org.docs4j.gossip.proto.BroadcastMessage.Graft;
import org.docs4j.gossip.proto.BroadcastMessage.GraftLink;
import org.docs4j.gossip.proto.BroadcastMessage.IHave;
import org.docs4j.gossip.proto.BroadcastMessage.Prune;
import org.docs4j.gossip.proto.MembershipMessage.Disconnect;
import org.docs4j.gossip.proto.MembershipMessage.ForwardJoin;
import org.docs4j.gossip.proto.MembershipMessage.Join;
import org.docs4j.gossip.proto.MembershipMessage.Neighbor;
import org.docs4j.gossip.proto.MembershipMessage.Priority;
import org.docs4j.gossip.proto.MembershipMessage.Shuffle;
import org.docs4j.gossip.proto.MembershipMessage.ShuffleReply;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.proto.MessageId;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.proto.PeerInfo;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final String VECTORS = "vectors.txt";
  private static final int LENGTH_BYTES = 4;
  private static final PeerData DATA = PeerData.of(Bytes.of(Hex.decode(row(VECTORS, "address data").get(1))));
  private static final EndpointId NODE =
      EndpointId.parse("ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1");
  private static final EndpointId OTHER =
      EndpointId.parse("8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394");

  /** What the vectors say, in the order of their file; messages with content take it from the vector. */
  private static Map<String, Message> expected() {
    Gossip put = (Gossip) decode(body("Gossip(Put hello, Swarm round 0)"));
    Gossip ready = (Gossip) decode(body("Gossip(ContentReady, Neighbors)"));
    Map<String, Message> expected = new LinkedHashMap<>();
    expected.put("Join(None)", new Join(PeerData.absent()));
    expected.put("Join(Some)", new Join(DATA));
    expected.put("ForwardJoin(peer=endpoint03,ttl=6)", new ForwardJoin(new PeerInfo(NODE, DATA), 6));
    expected.put(
        "Shuffle(origin=endpoint03,nodes=[author02 id,no data],ttl=6)",
        new Shuffle(NODE, List.of(new PeerInfo(OTHER, PeerData.absent())), 6));
    expected.put("ShuffleReply", new ShuffleReply(List.of(new PeerInfo(OTHER, PeerData.absent()))));
    expected.put("Neighbor(High,Some)", new Neighbor(Priority.HIGH, DATA));
    expected.put("Disconnect(alive=true,respond=false)", new Disconnect(true, false));
    expected.put(
        "Gossip(Put hello, Swarm round 0)",
        new Gossip(MessageId.ofContent(put.content()), put.content(), new Scope.Swarm(0)));
    expected.put(
        "Gossip(ContentReady, Neighbors)",
        new Gossip(MessageId.ofContent(ready.content()), ready.content(), new Scope.Neighbors()));
    expected.put("Prune", new Prune());
    expected.put("Graft(Some(id),round 1)", new Graft(put.id(), 1));
    expected.put("Graft(None,round 1)", new GraftLink(1));
    expected.put("IHave([id,round 1])", new IHave(List.of(new Announcement(put.id(), 1))));
    return expected;
  }

  private static byte[] frame(String name) {
    return Hex.decode(row(VECTORS, name).get(1));
  }

  private static byte[] body(String name) {
    byte[] frame = frame(name);
    return Arrays.copyOfRange(frame, LENGTH_BYTES, frame.length);
  }

  private static Message decode(byte[] body) {
    return MessageCodec.read(new PostcardReader(body));
  }

  private static byte[] encode(Message message) {
    PostcardWriter out = new PostcardWriter();
    MessageCodec.write(out, message);
    return out.toByteArray();
  }

  @Test
  void message_everyVector_writesAndReadsItsBytes() {
    Map<String, Message> expected = expected();
    assertEquals(rows(VECTORS).size() - 3, expected.size());
    expected.forEach(
        (name, message) -> {
          assertArrayEquals(frame(name), Frames.message(message), name);
          assertEquals(message, decode(body(name)), name);
        });
  }

  @Test
  void message_everyVector_isTheSameWithinTheOlderFrame() {
    byte[] topic = Hex.decode(row(VECTORS, "topic").get(1));
    for (String name : expected().keySet()) {
      byte[] older = Hex.decode(row(VECTORS, name).get(2));
      assertArrayEquals(topic, Arrays.copyOfRange(older, LENGTH_BYTES, LENGTH_BYTES + 32), name);
      assertArrayEquals(body(name), Arrays.copyOfRange(older, LENGTH_BYTES + 32, older.length), name);
    }
  }

  @Test
  void header_vector_isWritten() {
    TopicId topic = TopicId.parse(row(VECTORS, "topic").get(1));
    assertArrayEquals(frame("header"), Frames.header(topic));
  }

  @Test
  void message_recordedFromRealNodes_readsAndWritesTheSameBytes() {
    List<String> kinds = new ArrayList<>();
    for (List<String> row : rows("recorded.txt")) {
      byte[] frame = Hex.decode(row.get(2));
      byte[] body = Arrays.copyOfRange(frame, LENGTH_BYTES, frame.length);
      if (row.get(1).equals("StreamHeader")) {
        assertArrayEquals(frame, Frames.header(TopicId.of(body)));
        continue;
      }
      Message message = decode(body);
      kinds.add(message.getClass().getSimpleName());
      assertArrayEquals(frame, Frames.message(message));
      if (message instanceof Gossip gossip) {
        assertEquals(MessageId.ofContent(gossip.content()), gossip.id());
      }
    }
    assertEquals(
        List.of(
            "Join", "Neighbor", "Gossip", "Gossip", "Gossip", "ShuffleReply", "Disconnect", "Neighbor", "Gossip",
            "Gossip", "Gossip", "Gossip", "Gossip"),
        kinds);
  }

  @Test
  void message_largestNumbers_roundTrip() {
    Message message = new ForwardJoin(new PeerInfo(peer(1), PeerData.of(Bytes.EMPTY)), Message.MAX_HOPS);
    assertEquals(message, decode(encode(message)));
    Message low = new Neighbor(Priority.LOW, PeerData.absent());
    assertEquals(low, decode(encode(low)));
    Message far = new Graft(MessageId.ofContent(Bytes.EMPTY), Message.MAX_HOPS);
    assertEquals(far, decode(encode(far)));
  }

  @Test
  void message_cutAnywhere_isRefused() {
    for (Message message : expected().values()) {
      byte[] whole = encode(message);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(MalformedMessageException.class, () -> decode(cut), message::toString);
      }
    }
  }

  @Test
  void message_withOneByteMore_isRefused() {
    for (Message message : expected().values()) {
      byte[] whole = encode(message);
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      assertThrows(MalformedMessageException.class, () -> decode(longer), message::toString);
    }
  }

  @Test
  void message_mutatedAtRandom_isReadAgainAsWrittenOrRefused() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    int read = 0;
    List<Message> messages = List.copyOf(expected().values());
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = encode(messages.get(random.nextInt(messages.size())));
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Message message = decode(bytes);
        assertEquals(message, decode(encode(message)), "seed " + seed);
        read++;
      } catch (MalformedMessageException e) {
        refused++;
      }
    }
    assertTrue(refused > 1000 && read > 1000, "seed " + seed + ": " + refused + " refused, " + read + " read");
  }

  @Test
  void message_hugeCount_isRefusedWithoutAllocating() {
    byte[] hugeList = Hex.decode("0003ffffffff0f");
    assertThrows(MalformedMessageException.class, () -> decode(hugeList));
    byte[] hugeAnnouncements = Hex.decode("0103ffffffff0f");
    assertThrows(MalformedMessageException.class, () -> decode(hugeAnnouncements));
    byte[] hugeData = Hex.decode("000001ffffffffffffffffff01");
    assertThrows(MalformedMessageException.class, () -> decode(hugeData));
  }
}
