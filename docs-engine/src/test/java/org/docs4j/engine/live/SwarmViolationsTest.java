package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Bytes;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.gossip.GossipTopic;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.wire.Op;
import org.docs4j.engine.wire.OpCodec;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a member of a document's swarm, or a peer that is dialled, can do that real nodes do not stand (WIRE 11). The names
 * begin with the number of the item; VIOLATIONS.md of this module has all of them.
 */
class SwarmViolationsTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Author AUTHOR = Entries.AUTHORS.get(0);
  private static final Hash CONTENT = Hash.ofContent(new byte[] {1});

  private final LogWatch log = new LogWatch("org.docs4j.engine");
  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SwarmHub hub = new SwarmHub();
  private final Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
  private final LiveNode alice = new LiveNode(sim, network, hub, contents, "alice");
  private final LiveNode bob = new LiveNode(sim, network, hub, contents, "bob");
  private final Environment environment = sim.environment("raw");
  private final Endpoint raw = network.endpoint(EndpointSecret.random(environment.random()), environment);
  private final AtomicInteger dialled = new AtomicInteger();
  private GossipTopic hostile;

  SwarmViolationsTest() {
    answer(raw, dialled, new SyncMessage.Sync(RangeMessage.EMPTY));
    alice.endpoint.learn(bob.endpoint.addr());
    bob.endpoint.learn(alice.endpoint.addr());
    alice.endpoint.learn(raw.addr());
    alice.start();
    bob.start();
    sim.run(Duration.ofSeconds(40));
    hostile = hub.gossip(raw.id()).join(DOC.topic(), List.of(), event -> {});
    sim.run(Duration.ofSeconds(1));
  }

  /** Lets an endpoint answer whatever it is asked with one message, and count. */
  private static void answer(Endpoint endpoint, AtomicInteger count, SyncMessage message) {
    endpoint.accept(SessionContext.ALPN, connection -> {
      count.incrementAndGet();
      connection.acceptBidi().thenCompose(stream -> answer(stream, SyncMessageCodec.encodeFrame(message)));
    });
  }

  private static CompletionStage<Void> answer(BidiStream stream, byte[] frame) {
    return stream
        .receive()
        .read(1 << 16)
        .thenCompose(init -> stream.send().write(ByteBuffer.wrap(frame)))
        .thenCompose(done -> stream.send().finish());
  }

  @BeforeEach
  void writeSomething() {
    alice.set(AUTHOR, "before");
  }

  /** Both nodes still hear each other, by gossip and by sessions. */
  @AfterEach
  void assertUnharmed() {
    hostile.close();
    bob.set(Entries.AUTHORS.get(1), "after");
    sim.run(Duration.ofSeconds(2));
    assertEquals(bob.entries(), alice.entries());
    hub.dropping = true;
    bob.set(Entries.AUTHORS.get(1), "by a session");
    bob.await(alice.live.startSync(DOC, List.of(bob.endpoint.addr())));
    sim.run(Duration.ofSeconds(60));
    assertEquals(bob.entries(), alice.entries());
    log.close();
  }

  private void say(byte[] content) {
    assertTrue(hostile.broadcast(Bytes.of(content)));
    sim.run(Duration.ofMillis(100));
  }

  private void say(Op op) {
    say(OpCodec.encode(op, SwarmHub.MAX_BYTES).toByteArray());
  }

  private void assertLogged(String... words) {
    assertTrue(log.said(words), () -> "not logged: " + Arrays.toString(words) + " in\n" + log);
  }

  /** Says something that is dropped, by itself and for a reason that the log has. */
  private void assertDropped(byte[] content, String reason) {
    try (LogWatch since = new LogWatch("org.docs4j.engine")) {
      say(content);
      assertTrue(since.said("dropped 1 message(s) about", reason), since::toString);
    }
  }

  private void assertDropped(SignedEntry entry) {
    byte[] content = OpCodec.encode(new Op.Put(entry), SwarmHub.MAX_BYTES).toByteArray();
    assertDropped(content, "an entry that is not signed for this document");
  }

  private static Entry entry(NamespaceId namespace, String key, Record record) {
    return new Entry(new RecordIdentifier(namespace, AUTHOR.id(), Key.of(key)), record);
  }

  private SignedEntry signed(String key, Record record) {
    return entry(DOC, key, record).sign(Entries.NAMESPACE, AUTHOR);
  }

  @Test
  void item1_shortIdentifierInAPut_isDropped() {
    for (int size : new int[] {0, 32, 63}) {
      PostcardWriter put = new PostcardWriter().variant(0).fixed(new byte[128]).byteString(new byte[size]);
      byte[] content = put.u64(1).bytes32(CONTENT.bytes()).u64(1).toByteArray();
      assertDropped(content, "record identifier of " + size + " bytes");
    }
    assertEquals(1, alice.entries());
  }

  @Test
  void item3_undecodableMessages_areSkipped() {
    assertDropped(new byte[0], "cut off");
    assertDropped(new byte[] {9}, "gossip operation of kind 9");
    assertDropped(new byte[] {2, 1, 2, 3}, "32 bytes expected, 3 are left");
    say(new Op.Put(signed("good", new Record(1, CONTENT, new Timestamp(5)))));
    assertEquals(2, alice.entries());
  }

  @Test
  void puts_forgedForeignOrOfTheFuture_areDropped() {
    assertDropped(Entries.unsigned(AUTHOR, "forged", 5, "x"));
    NamespaceSecret other = NamespaceSecret.random(environment.random());
    assertDropped(entry(other.id(), "foreign", new Record(1, CONTENT, new Timestamp(5))).sign(other, AUTHOR));
    Timestamp late = environment.clock().now().plus(Duration.ofMinutes(11));
    say(new Op.Put(signed("late", new Record(1, CONTENT, late))));
    assertLogged("refused 1 from", ValidationFailure.TOO_FAR_IN_FUTURE.sentence());
    assertEquals(1, alice.entries());
  }

  @Test
  void item12_endlessAnnouncementsOfContent_fetchNothing() {
    int before = alice.downloads;
    for (int i = 0; i < 5000; i++) {
      hostile.broadcast(OpCodec.encode(new Op.ContentReady(new Hash(new Bytes32(i, 1, 2, 3))), SwarmHub.MAX_BYTES));
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(1, alice.contents().size());
    assertEquals(before, alice.downloads, "nobody wanted any of it");
  }

  @Test
  void item13_reportAboutAnotherDocument_isIgnored() {
    int before = dialled.get();
    AuthorHeads heads = AuthorHeads.of(Map.of(AUTHOR.id(), new Timestamp(Long.MAX_VALUE / 2)));
    say(new Op.SyncReport(new NamespaceId(new Bytes32(6, 6, 6, 6)), heads));
    sim.run(Duration.ofSeconds(5));
    assertEquals(before, dialled.get());
    assertLogged("dropped 1 message(s) about", "a report that is not about this document");
    say(new Op.SyncReport(DOC, heads));
    sim.run(Duration.ofSeconds(5));
    assertTrue(dialled.get() > before, "the same about this one is followed");
  }

  @Test
  void item16_putsOfContentWithoutLengthAndLengthWithoutContent_areRefused() {
    for (Record record :
        List.of(new Record(5, Hash.EMPTY, new Timestamp(5)), new Record(0, CONTENT, new Timestamp(5)))) {
      try (LogWatch since = new LogWatch("org.docs4j.engine")) {
        say(new Op.Put(signed("inconsistent", record)));
        assertTrue(since.said("refused 1 from", ValidationFailure.INCONSISTENT_EMPTY.sentence()), since::toString);
      }
      assertEquals(1, alice.entries());
    }
  }

  @Test
  void item18_reportOfAuthorsWithEqualTimestamps_countsEachOfThem() {
    AuthorId unknown = new AuthorId(new Bytes32(5, 5, 5, 5));
    Timestamp time = alice.await(alice.sync.heads(DOC, Integer.MAX_VALUE)).head(AUTHOR.id()).orElseThrow();
    AuthorHeads heads = AuthorHeads.of(Map.of(AUTHOR.id(), time, unknown, time));
    int before = dialled.get();
    say(new Op.SyncReport(DOC, heads));
    sim.run(Duration.ofSeconds(5));
    assertTrue(dialled.get() > before);
  }

  @Test
  void reportsOfNewsThatNeverComes_leadToFewerAndFewerSessions() {
    int before = dialled.get();
    AuthorHeads heads = AuthorHeads.of(Map.of(AUTHOR.id(), new Timestamp(Long.MAX_VALUE / 2)));
    for (int i = 0; i < 600; i++) {
      hostile.broadcast(OpCodec.encode(new Op.SyncReport(DOC, heads), SwarmHub.MAX_BYTES));
      sim.run(Duration.ofSeconds(1));
    }
    int dials = dialled.get() - before;
    assertTrue(dials > 5 && dials < 30, "sessions in ten minutes: " + dials);
  }

  @Test
  void item28_floodForASlowSubscriber_holdsNobodyUp() {
    try (LiveEvents slow = alice.live.subscribe(DOC)) {
      for (int i = 0; i < 3000; i++) {
        hostile.broadcast(
            OpCodec.encode(new Op.Put(signed("k" + i + ".", new Record(1, CONTENT, new Timestamp(5)))), SwarmHub.MAX_BYTES));
        if (i % 500 == 499) {
          sim.run(Duration.ofSeconds(1));
        }
      }
      sim.run(Duration.ofSeconds(1));
      boolean lagged = false;
      for (Optional<LiveEvent> event = slow.poll(Duration.ZERO); event.isPresent(); event = slow.poll(Duration.ZERO)) {
        lagged |= event.get() instanceof LiveEvent.Lagged;
      }
      assertTrue(lagged, "the subscriber is told what it missed");
    }
    assertEquals(3001, alice.await(alice.sync.count(DOC)));
  }

  @Test
  void item34_peerThatSaysAlreadySyncing_isDialledAgain() {
    LiveNode carol = new LiveNode(sim, network, new SwarmHub(), contents, "carol");
    Endpoint busy = network.endpoint(EndpointSecret.random(environment.random()), environment);
    AtomicInteger asked = new AtomicInteger();
    answer(busy, asked, new SyncMessage.Abort(AbortReason.ALREADY_SYNCING));
    carol.await(carol.live.startSync(DOC, List.of(busy.addr())));
    sim.runUntil(() -> asked.get() >= 3, Duration.ofMinutes(5));
    carol.close();
  }

  @Test
  void item35_peerThatCouldNotBeReached_isDialledAgain() {
    LiveNode carol = new LiveNode(sim, network, new SwarmHub(), contents, "carol");
    network.firewall().drop(carol.endpoint.id(), alice.endpoint.id());
    carol.await(carol.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofMinutes(2));
    assertEquals(0, carol.entries());
    network.firewall().heal();
    sim.run(Duration.ofMinutes(2));
    assertEquals(1, carol.entries());
    carol.close();
  }
}
