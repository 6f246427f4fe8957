package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.frame;
import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.AbortReason;
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
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that sends whatever it likes: the node declines, is unharmed, and goes on with others. */
class HostilePeerTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  private final SyncNode friend = new SyncNode(sim, network, "friend", ReconcilerConfig.DEFAULT);
  private final Environment environment = sim.environment("raw");
  private final HostilePeer peer = new HostilePeer(sim, network, environment, node);

  @BeforeEach
  void fill() {
    node.set(Entries.AUTHORS.get(0), "secret of another", "x");
    friend.set(Entries.AUTHORS.get(1), "friendly", "y");
  }

  private void assertUnharmed() {
    assertTrue(friend.syncWith(node).succeeded());
    assertEquals(node.entries(), friend.entries());
    sim.run(Duration.ofSeconds(60));
    assertEquals(0, network.connections());
  }

  @Test
  void when_garbageIsSent_then_connectionIsDropped() {
    peer.send(false, new byte[] {0, 0, 0, 5, 9, 9, 9, 9, 9});
    assertUnharmed();
  }

  @Test
  void when_frameIsAnnouncedTooLong_then_connectionIsDropped() {
    peer.send(false, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0});
    assertUnharmed();
  }

  @Test
  void when_peerFallsSilentWithinFrame_then_itIsDroppedInTime() {
    peer.send(false, new byte[] {0, 1, 0, 0, 0});
    assertUnharmed();
  }

  @Test
  void when_syncComesBeforeInit_then_connectionIsDropped() {
    peer.send(false, frame(new SyncMessage.Sync(RangeMessage.EMPTY)));
    assertUnharmed();
  }

  @Test
  void when_initComesTwice_then_sessionFails() {
    byte[] init = init(new Part.RangeFingerprint(Range.all(Range.ZERO), Entries.unsigned(
        Entries.AUTHORS.get(0), "k", 1, "x").entry().fingerprint()));
    peer.send(false, init, init);
    assertTrue(!node.accepted.get(0).succeeded());
    assertUnharmed();
  }

  @Test
  void when_identifierIsShort_then_connectionIsDropped() {
    byte[] init = init(new Part.RangeFingerprint(Range.all(Range.ZERO), Entries.unsigned(
        Entries.AUTHORS.get(0), "k", 1, "x").entry().fingerprint()));
    byte[] body = Arrays.copyOfRange(init, 4, init.length);
    body[34 + 1] = 40;
    byte[] cut = new byte[4 + body.length];
    ByteBuffer.wrap(cut).putInt(body.length).put(body);
    peer.send(false, cut);
    assertUnharmed();
  }

  @Test
  void when_unsignedEntriesAreOffered_then_theyAreRejectedAndCounted() {
    SignedEntry forged = Entries.unsigned(Entries.AUTHORS.get(0), "forged", 5, "x");
    peer.send(true, init(new Part.RangeItem(
        Range.all(Range.ZERO), List.of(new Part.Value(forged, ContentStatus.COMPLETE)), true)));
    assertEquals(1, node.accepted.get(0).rejected());
    assertTrue(node.entries().stream().noneMatch(entry -> entry.id().equals(forged.id())));
    assertUnharmed();
  }

  @Test
  void when_entryOfAnotherDocumentIsOffered_then_itIsRejected() {
    NamespaceSecret other = NamespaceSecret.random(environment.random());
    Entry entry =
        new Entry(
            new RecordIdentifier(other.id(), Entries.AUTHORS.get(0).id(), Key.of("k")),
            new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(1)));
    SignedEntry foreign = entry.sign(other, Entries.AUTHORS.get(0));
    peer.send(true, init(new Part.RangeItem(
        Range.all(Range.ZERO), List.of(new Part.Value(foreign, ContentStatus.COMPLETE)), true)));
    assertEquals(1, node.accepted.get(0).rejected());
    assertUnharmed();
  }

  @Test
  void when_entryOfTheFutureIsOffered_then_itIsRejected() {
    Timestamp late = environment.clock().now().plus(Duration.ofMinutes(11));
    RecordIdentifier id =
        new RecordIdentifier(Entries.NAMESPACE.id(), Entries.AUTHORS.get(0).id(), Key.of("late"));
    SignedEntry entry =
        new Entry(id, new Record(1, Hash.ofContent(new byte[] {1}), late))
            .sign(Entries.NAMESPACE, Entries.AUTHORS.get(0));
    peer.send(true, init(new Part.RangeItem(
        Range.all(Range.ZERO), List.of(new Part.Value(entry, ContentStatus.COMPLETE)), true)));
    assertEquals(1, node.accepted.get(0).rejected());
    assertUnharmed();
  }

  @Test
  void when_rangeReachesIntoOtherDocuments_then_nothingOfThemIsSent() {
    NamespaceSecret other = NamespaceSecret.random(environment.random());
    node.await(node.sync.importNamespace(new Capability.Write(other)));
    node.await(node.sync.open(other.id(), OpenOptions.DEFAULT));
    node.await(
        node.sync.insertLocal(
            other.id(), Entries.AUTHORS.get(0).id(), Key.of("hidden"), Hash.ofContent(new byte[] {7}), 1));
    byte[] most = new byte[70];
    Arrays.fill(most, (byte) 0xff);
    Range everything = new Range(Range.ZERO, RecordIdentifier.decode(most));
    peer.send(true, init(new Part.RangeItem(everything, List.of(), false)));
    assertEquals(node.entries(), peer.entries());
    assertUnharmed();
  }

  /** A peer of the reference ends with FIN alone; so does one that was declined. */
  @Test
  void when_peerEndsWithoutEmptySync_then_sessionSucceeds() {
    peer.send(true, init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), true)));
    assertEquals(Optional.empty(), node.accepted.get(0).failure());
    assertUnharmed();
  }

  @Test
  void when_peerNeverEndsItsSide_then_sessionSucceedsInTime() {
    peer.send(false, init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), true)));
    assertEquals(Optional.empty(), node.accepted.get(0).failure());
    assertUnharmed();
  }

  @Test
  void when_peerClosesWithZeroAfterTheExchange_then_sessionSucceeds() {
    Connection connection = peer.connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    byte[] init = init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), true));
    node.await(stream.send().write(ByteBuffer.wrap(init)).toCompletableFuture());
    assertTrue(node.await(stream.receive().read(100).toCompletableFuture()).isPresent());
    connection.close(0, "");
    sim.runUntil(() -> !node.accepted.isEmpty(), LIMIT);
    assertEquals(Optional.empty(), node.accepted.get(0).failure());
    assertUnharmed();
  }

  /** Real nodes report a failure when they meet our end while they wait for a message. */
  private void assertOurEndFollowsThePeers(byte[] first, byte[] answer) {
    Connection connection = peer.connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    node.await(stream.send().write(ByteBuffer.wrap(first)).toCompletableFuture());
    ByteBuffer read = node.await(stream.receive().read(100).toCompletableFuture()).orElseThrow();
    assertEquals(ByteBuffer.wrap(answer), read);
    var end = stream.receive().read(100).toCompletableFuture();
    sim.run(SessionContext.DEFAULT_PATIENCE.dividedBy(2));
    assertFalse(end.isDone());
    node.await(stream.send().finish().toCompletableFuture());
    assertTrue(node.await(end).isEmpty());
    assertFalse(connection.closed().toCompletableFuture().isDone(), "closing is up to the peer");
    connection.close(0, "");
    node.answer = new AcceptOutcome.Allow(2);
    assertUnharmed();
  }

  @Test
  void when_nothingIsLeftToSay_then_ourEndFollowsThePeers() {
    byte[] init = init(new Part.RangeItem(Range.all(Range.ZERO), List.of(), true));
    assertOurEndFollowsThePeers(init, frame(new SyncMessage.Sync(RangeMessage.EMPTY)));
  }

  @Test
  void when_peerIsDeclined_then_ourEndFollowsThePeers() {
    node.refuse(AbortReason.ALREADY_SYNCING);
    byte[] abort = frame(new SyncMessage.Abort(AbortReason.ALREADY_SYNCING));
    assertOurEndFollowsThePeers(init(), abort);
  }

  @Test
  void when_firstFrameDripsInForEver_then_itIsDroppedInTime() {
    Connection connection = peer.connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    node.await(stream.send().write(ByteBuffer.wrap(new byte[] {0, 0, 100, 0})).toCompletableFuture());
    for (int i = 0; i < 5 && !connection.closed().toCompletableFuture().isDone(); i++) {
      node.await(stream.send().write(ByteBuffer.wrap(new byte[1])).toCompletableFuture());
      sim.run(Duration.ofSeconds(10));
    }
    assertTrue(connection.closed().toCompletableFuture().isDone());
    assertUnharmed();
  }

  @Test
  void when_declinedPeerGoesOnSending_then_itIsDropped() {
    node.refuse(AbortReason.ALREADY_SYNCING);
    byte[] init = init();
    peer.send(true, init, init, init);
    node.answer = new AcceptOutcome.Allow(2);
    assertUnharmed();
  }
}
