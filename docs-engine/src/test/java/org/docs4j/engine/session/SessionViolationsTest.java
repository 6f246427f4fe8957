package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.frame;
import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.AbortReason;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.NodeBusyException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.LogWatch;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.MessageDecoder;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a peer can do in a session that real nodes do not stand (WIRE 11): it is refused for a reason that has a type, the
 * reason is logged, the node is unharmed, and a session with another peer that was begun before goes on. The names begin
 * with the number of the item; VIOLATIONS.md of this module has all of them.
 */
class SessionViolationsTest {
  private static final Author AUTHOR = Entries.AUTHORS.get(0);
  private static final Hash CONTENT = Hash.ofContent(new byte[] {1});

  private final LogWatch log = new LogWatch();
  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  private final SyncNode friend = new SyncNode(sim, network, "friend", ReconcilerConfig.DEFAULT);
  private final Environment environment = sim.environment("raw");
  private final HostilePeer peer = new HostilePeer(sim, network, environment, node);
  private CompletableFuture<SessionResult> others = CompletableFuture.failedFuture(new AssertionError("not begun"));

  @BeforeEach
  void begin() {
    for (int i = 0; i < 50; i++) {
      node.set(Entries.AUTHORS.get(1), "node " + i + ".", "x");
      friend.set(Entries.AUTHORS.get(2), "friend " + i + ".", "y");
    }
    others = friend.sessions.dial(friend.endpoint, node.endpoint.addr(), Entries.NAMESPACE.id());
  }

  /** The other session has ended well, and the node takes a new one. */
  @AfterEach
  void assertUnharmed() {
    log.close();
    assertTrue(node.await(others).succeeded());
    node.answer = new AcceptOutcome.Allow(7);
    node.decision = Optional.empty();
    assertTrue(friend.syncWith(node).succeeded());
    assertEquals(node.entries(), friend.entries());
    sim.run(Duration.ofSeconds(60));
    assertEquals(0, network.connections());
  }

  private void assertLogged(String... words) {
    assertTrue(log.said(words), () -> "not logged: " + Arrays.toString(words) + " in\n" + log);
  }

  /** How the hostile peer's session ended; the other one succeeds. */
  private DocsException failure() {
    sim.runUntil(() -> node.accepted.stream().anyMatch(r -> !r.succeeded()), Duration.ofMinutes(5));
    return node.accepted.stream().flatMap(r -> r.failure().stream()).findFirst().orElseThrow();
  }

  private long rejected() {
    return node.accepted.stream().mapToLong(SessionResult::rejected).sum();
  }

  private Timestamp now() {
    return environment.clock().now();
  }

  private static SignedEntry signed(String key, Record record) {
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(key));
    return new Entry(id, record).sign(Entries.NAMESPACE, AUTHOR);
  }

  private static byte[] offer(boolean haveLocal, SignedEntry... entries) {
    List<Part.Value> values =
        Arrays.stream(entries).map(entry -> new Part.Value(entry, ContentStatus.MISSING)).toList();
    return init(new Part.RangeItem(Range.all(Range.ZERO), values, haveLocal));
  }

  private static Part differing(Range range) {
    return new Part.RangeFingerprint(range, Entries.unsigned(AUTHOR, "k", 1, "x").entry().fingerprint());
  }

  private static byte[] sync(Part... parts) {
    return frame(new SyncMessage.Sync(new RangeMessage(List.of(parts))));
  }

  /** A first message of one part with one entry, whose identifiers have so many bytes. */
  private static byte[] withIdentifiers(int bound, int value) {
    PostcardWriter out = new PostcardWriter().variant(0).bytes32(Entries.NAMESPACE.id().bytes()).count(1).variant(1);
    out.byteString(new byte[bound]).byteString(new byte[bound]).count(1).fixed(new byte[128]);
    out.byteString(new byte[value]);
    EntryCodec.writeRecord(out, new Record(1, CONTENT, new Timestamp(1)));
    // Bytes behind a message are passed over; they make it long enough for the count of its entries.
    return out.variant(2).bool(true).fixed(new byte[100]).toFrame();
  }

  @Test
  void item1_shortIdentifiersOfBoundsAndValues_areMalformed() {
    for (int size : new int[] {0, 31, 32, 63}) {
      peer.send(false, withIdentifiers(size, 70));
      peer.send(false, withIdentifiers(64, size));
    }
    assertLogged("dropped a connection", "identifier");
    peer.send(false, init(differing(Range.all(Range.ZERO))), withIdentifiers(64, 63));
    assertInstanceOf(MalformedMessageException.class, failure());
    assertLogged("the session about", "failed");
  }

  @Test
  void item2_rangesOverOtherDocuments_giveNothingOfThem() {
    NamespaceSecret hidden = NamespaceSecret.random(environment.random());
    node.await(node.sync.importNamespace(new Capability.Write(hidden)));
    node.await(node.sync.open(hidden.id(), OpenOptions.DEFAULT));
    node.await(node.sync.insertLocal(hidden.id(), AUTHOR.id(), Key.of("hidden"), CONTENT, 1));
    byte[] most = new byte[64];
    Arrays.fill(most, (byte) 0xff);
    RecordIdentifier last = RecordIdentifier.decode(most);
    RecordIdentifier of = new RecordIdentifier(hidden.id(), AUTHOR.id(), Key.EMPTY);
    for (Range range : List.of(new Range(Range.ZERO, last), new Range(last, Range.ZERO), new Range(of, last),
        new Range(Range.ZERO, of), Range.all(of))) {
      peer.send(true, init(new Part.RangeItem(range, List.of(), false)));
      peer.send(true, init(new Part.RangeFingerprint(range, new Entry(of, new Record(1, CONTENT, now())).fingerprint())));
    }
    assertTrue(peer.entries().size() > 50);
    assertTrue(peer.entries().stream().allMatch(entry -> entry.id().namespace().equals(Entries.NAMESPACE.id())));
    NamespaceSecret other = NamespaceSecret.random(environment.random());
    RecordIdentifier id = new RecordIdentifier(other.id(), AUTHOR.id(), Key.of("k"));
    peer.send(true, offer(true, new Entry(id, new Record(1, CONTENT, now())).sign(other, AUTHOR)));
    assertLogged("refused 1 from", ValidationFailure.WRONG_NAMESPACE.sentence());
  }

  @Test
  void item4_decisionThatFails_isToldAsAProblemOfOurs() {
    for (AcceptDecision broken :
        List.<AcceptDecision>of(
            (document, from) -> CompletableFuture.failedFuture(new IllegalStateException("broken")),
            (document, from) -> {
              throw new IllegalStateException("broken");
            })) {
      AcceptOutcome allow = node.answer;
      node.decision =
          Optional.of(
              (document, from) ->
                  from.equals(friend.endpoint.id())
                      ? CompletableFuture.completedFuture(allow)
                      : broken.decide(document, from));
      peer.send(true, init(differing(Range.all(Range.ZERO))));
    }
    assertEquals(
        List.of(
            new SyncMessage.Abort(AbortReason.INTERNAL_SERVER_ERROR),
            new SyncMessage.Abort(AbortReason.INTERNAL_SERVER_ERROR)),
        peer.messages());
    assertLogged("declined to sync", "INTERNAL_SERVER_ERROR");
  }

  @Test
  void item4_documentThatIsLeftMeanwhile_endsTheSessionOnly() {
    NamespaceSecret gone = NamespaceSecret.random(environment.random());
    peer.send(true, frame(new SyncMessage.Init(gone.id(), new RangeMessage(List.of(differing(Range.all(Range.ZERO)))))));
    assertInstanceOf(ReplicaNotFoundException.class, failure());
    assertLogged("the session about", "is not kept here");
  }

  @Test
  void item5_frameOfMoreThanAGibibyte_isMalformed() {
    byte[] length = ByteBuffer.allocate(4).putInt((1 << 30) + 1).array();
    peer.send(false, length);
    assertLogged("dropped a connection", "a frame of 1073741825 bytes");
    peer.send(false, init(differing(Range.all(Range.ZERO))), length);
    assertInstanceOf(MalformedMessageException.class, failure());
  }

  @Test
  void item5_countsThatNoFrameCanHold_areMalformedBeforeAnythingIsAllocated() {
    PostcardWriter parts = new PostcardWriter().variant(1).count(Integer.MAX_VALUE);
    peer.send(false, init(differing(Range.all(Range.ZERO))), parts.toFrame());
    assertInstanceOf(MalformedMessageException.class, failure());
    assertLogged("the session about", "failed");
  }

  @Test
  void item5_moreFingerprintsThanAnyNodeSends_areMalformed() {
    PostcardWriter out = new PostcardWriter().variant(1).count(MessageDecoder.MAX_FINGERPRINTS + 1);
    for (int i = 0; i <= MessageDecoder.MAX_FINGERPRINTS; i++) {
      out.variant(0).byteString(new byte[64]).byteString(new byte[64]).fixed(new byte[32]);
    }
    peer.send(false, init(differing(Range.all(Range.ZERO))), out.toFrame());
    assertInstanceOf(MalformedMessageException.class, failure());
    assertLogged("the session about", "fingerprints");
  }

  @Test
  void item5_peerThatFallsSilent_isGivenUpInTime() {
    peer.send(false, init(differing(Range.all(Range.ZERO))), new byte[] {0, 0, 1, 0, 1});
    assertInstanceOf(DocsTimeoutException.class, failure());
    assertLogged("the session about", "no progress");
  }

  /** A frame that breaks off behind so many fingerprints with ends of a mebibyte each; the last one is not taken yet. */
  private static byte[] longEnds(int fingerprints) {
    RecordIdentifier end = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(new byte[1 << 20]));
    PostcardWriter out = new PostcardWriter().variant(1).count(fingerprints + 1);
    for (int i = 0; i < fingerprints; i++) {
      out.variant(0);
      EntryCodec.writeIdentifier(out, end);
      EntryCodec.writeIdentifier(out, end);
      out.fixed(new byte[32]);
    }
    byte[] body = out.toByteArray();
    return ByteBuffer.allocate(4 + body.length).putInt(body.length + 500).put(body).array();
  }

  @Test
  void item5_rangeEndsOfManySessions_shareOneBudget() {
    List<BidiStream> streams = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      streams.add(node.await(peer.connect().openBidi().toCompletableFuture()));
      write(streams.get(i), init(differing(Range.all(Range.ZERO))));
    }
    for (int i = 0; i < 4; i++) {
      write(streams.get(i), longEnds(i < 3 ? 8 : 4));
      sim.run(Duration.ofSeconds(3));
    }
    write(streams.get(4), longEnds(2));
    assertInstanceOf(NodeBusyException.class, failure());
    assertLogged("the session about", "too much memory");
    peer.send(true, init(differing(Range.all(Range.ZERO))));
    assertEquals(List.of(new SyncMessage.Abort(AbortReason.INTERNAL_SERVER_ERROR)), peer.messages());
    assertLogged("too little memory for sessions");
    streams.forEach(stream -> stream.send().reset(0));
    sim.run(Duration.ofSeconds(5));
  }

  private void write(BidiStream stream, byte[] bytes) {
    CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(bytes)).toCompletableFuture();
    sim.runUntil(written::isDone, Duration.ofSeconds(10));
  }

  @Test
  void item5_silentConnectionsOfOnePeer_leaveRoomForOthers() {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < Sessions.MAX_OF_A_PEER + 6; i++) {
      connections.add(peer.connect());
    }
    sim.run(Duration.ofSeconds(1));
    assertEquals(6, connections.stream().filter(c -> c.closed().toCompletableFuture().isDone()).count());
    assertLogged("too many sessions");
    assertTrue(friend.syncWith(node).succeeded());
  }

  @Test
  void item6_sameEntryWithAnotherLength_isTheOneThatCameFirst() {
    SignedEntry first = signed("k", new Record(5, CONTENT, new Timestamp(9)));
    SignedEntry second = signed("k", new Record(6, CONTENT, new Timestamp(9)));
    peer.send(true, offer(true, first));
    peer.send(true, offer(true, second));
    assertTrue(node.entries().contains(first) && !node.entries().contains(second));
  }

  @Test
  void item14_olderEntriesUnderATombstone_stayDeletedAndAreAnsweredWithIt() {
    node.set(AUTHOR, "deleted", "x");
    node.delete(AUTHOR, "del");
    SignedEntry tombstone = node.entries().stream().filter(e -> e.id().key().equals(Key.of("del"))).findFirst().orElseThrow();
    SignedEntry atIt = signed("del", new Record(1, CONTENT, new Timestamp(9)));
    SignedEntry below = signed("deleted", new Record(1, CONTENT, new Timestamp(9)));
    peer.send(true, offer(false, atIt, below));
    peer.send(true, offer(true, atIt, below));
    assertEquals(2, peer.entries().stream().filter(tombstone::equals).count());
    assertTrue(node.entries().stream().noneMatch(e -> e.equals(atIt) || e.equals(below)));
  }

  @Test
  void item15_olderEntryAtTheEmptyKey_doesNotReplaceANewerOne() {
    SignedEntry newer = signed("", new Record(1, CONTENT, new Timestamp(20)));
    SignedEntry older = signed("", new Record(2, Hash.ofContent(new byte[] {2}), new Timestamp(10)));
    SignedEntry below = signed("below", new Record(2, CONTENT, new Timestamp(15)));
    peer.send(true, offer(true, newer));
    peer.send(true, offer(true, older, below));
    assertTrue(node.entries().contains(newer));
    assertTrue(node.entries().stream().noneMatch(e -> e.equals(older) || e.equals(below)));
  }

  @Test
  void item16_contentWithoutLengthAndLengthWithoutContent_areRejected() {
    peer.send(
        true,
        offer(
            true,
            signed("a", new Record(5, Hash.EMPTY, new Timestamp(9))),
            signed("b", new Record(0, CONTENT, new Timestamp(9)))));
    assertEquals(2, rejected());
    assertLogged("refused 2 from", ValidationFailure.INCONSISTENT_EMPTY.sentence());
  }

  @Test
  void item17_olderEntriesAndDeletions_neverMoveHeadsBack() {
    peer.send(true, offer(true, signed("new", new Record(1, CONTENT, new Timestamp(90)))));
    peer.send(true, offer(true, signed("old", new Record(1, CONTENT, new Timestamp(50)))));
    peer.send(true, offer(true, signed("n", Record.tombstone(new Timestamp(95)))));
    peer.send(true, offer(true, signed("o", new Record(1, CONTENT, new Timestamp(60)))));
    AuthorHeads heads = node.await(node.sync.heads(Entries.NAMESPACE.id()));
    assertEquals(Optional.of(new Timestamp(95)), heads.head(AUTHOR.id()));
  }

  @Test
  void item20_entriesOfTheFuture_areTakenUpToTenMinutesAhead() {
    SignedEntry near = signed("near", new Record(1, CONTENT, now().plus(Duration.ofMinutes(9))));
    SignedEntry far = signed("far", new Record(1, CONTENT, now().plus(Duration.ofMinutes(11))));
    peer.send(true, offer(true, near, far));
    assertTrue(node.entries().contains(near) && !node.entries().contains(far));
    assertEquals(1, rejected());
    assertLogged("refused 1 from", ValidationFailure.TOO_FAR_IN_FUTURE.sentence());
  }

  @Test
  void item21_entriesThatAreRejected_doNotCountAsReceived() {
    sim.runUntil(() -> node.accepted.size() == 1, Duration.ofMinutes(1));
    long before = node.accepted.stream().mapToLong(SessionResult::received).sum();
    SignedEntry forged = Entries.unsigned(AUTHOR, "forged", 5, "x");
    peer.send(true, offer(true, forged, forged, signed("good", new Record(1, CONTENT, new Timestamp(5)))));
    assertEquals(2, rejected());
    assertEquals(before + 1, node.accepted.stream().mapToLong(SessionResult::received).sum());
    Map<AuthorId, Timestamp> heads = node.await(node.sync.heads(Entries.NAMESPACE.id())).heads();
    assertEquals(new Timestamp(5), heads.get(AUTHOR.id()));
    assertLogged("refused 2 from", ValidationFailure.BAD_SIGNATURE.sentence());
  }

  @Test
  void item22_entryAheadOfOurClock_isFollowedByOurNextWrite() {
    SignedEntry ahead = signed("k", new Record(1, CONTENT, now().plus(Duration.ofMinutes(5))));
    peer.send(true, offer(true, ahead));
    assertTrue(node.set(AUTHOR, "k", "ours").entry().record().timestamp().isAfter(ahead.record().timestamp()));
  }

  @Test
  void item25_asManyFingerprintsAsThereMayBe_areAnsweredWithinTheBudget() {
    Part[] parts = new Part[MessageDecoder.MAX_FINGERPRINTS];
    Arrays.fill(parts, differing(Range.all(Range.ZERO)));
    peer.send(true, init(differing(Range.all(Range.ZERO))), sync(parts));
    assertTrue(node.accepted.stream().allMatch(SessionResult::succeeded), () -> "" + node.accepted);
  }

  @Test
  void item26_manyValuesAtOnce_areComparedWithoutLookingAtAllOfOurs() {
    SignedEntry[] forged = new SignedEntry[5000];
    for (int i = 0; i < forged.length; i++) {
      forged[i] = Entries.unsigned(AUTHOR, "k" + i + ".", 5, "x");
    }
    byte[] many = offer(false, forged);
    peer.send(true, init(differing(Range.all(Range.ZERO))), sync(new Part.RangeItem(
        Range.all(Range.ZERO), Arrays.stream(forged).map(e -> new Part.Value(e, ContentStatus.MISSING)).toList(), false)));
    assertTrue(many.length > 1 << 20);
    assertEquals(forged.length, rejected());
    assertLogged("refused", ValidationFailure.BAD_SIGNATURE.sentence());
  }

  @Test
  void item29_tombstoneOverVeryManyEntries_holdsNobodyUp() {
    for (int i = 0; i < 3000; i++) {
      node.set(AUTHOR, "many " + i + ".", "x");
    }
    peer.send(true, offer(true, signed("many", Record.tombstone(now()))));
    assertTrue(node.entries().stream().noneMatch(e -> e.id().key().toString().startsWith("many ")));
  }

  @Test
  void item30_keysOfOneMebibyte_areTakenAndLongerOnesAreNot() {
    byte[] key = new byte[Key.MAX_BYTES];
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(key));
    SignedEntry entry = new Entry(id, new Record(1, CONTENT, new Timestamp(5))).sign(Entries.NAMESPACE, AUTHOR);
    peer.send(true, offer(true, entry));
    assertTrue(node.entries().contains(entry));
    peer.send(false, withIdentifiers(64, 64 + Key.MAX_BYTES + 1));
    assertLogged("dropped a connection", Integer.toString(64 + Key.MAX_BYTES + 1));
    byte[] text = "later".getBytes(StandardCharsets.UTF_8);
    peer.send(true, offer(true, signed("later", new Record(text.length, CONTENT, new Timestamp(5)))));
    node.delete(AUTHOR, "");
  }

  @Test
  void outOfTurn_initTwiceSyncFirstOrGarbage_isMalformed() {
    peer.send(false, frame(new SyncMessage.Sync(RangeMessage.EMPTY)));
    peer.send(false, frame(new SyncMessage.Abort(AbortReason.NOT_FOUND)));
    peer.send(false, new byte[] {0, 0, 0, 3, 9, 9, 9});
    assertLogged("dropped a connection", "has to begin with Init");
    byte[] init = init(differing(Range.all(Range.ZERO)));
    peer.send(false, init, init);
    assertInstanceOf(MalformedMessageException.class, failure());
    assertLogged("the session about", "not due");
  }
}
