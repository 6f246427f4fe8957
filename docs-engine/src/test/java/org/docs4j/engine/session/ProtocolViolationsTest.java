package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.frame;
import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.AbortReason;
import org.docs4j.api.DocsException;
import org.docs4j.api.DocsTimeoutException;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.NodeBusyException;
import org.docs4j.api.ReplicaNotFoundException;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.NamespaceSecret;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.MessageDecoder;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.LogWatch;
import org.junit.jupiter.api.Test;

/**
 * What a peer can do with the protocol of a session that real nodes do not stand (WIRE 11): it is refused for a reason that
 * has a type, the reason is logged, the node is unharmed, and a session with another peer that was begun before goes on. The
 * names begin with the number of the item; VIOLATIONS.md of this module has all of them.
 */
class ProtocolViolationsTest extends HostileSessions {
  @Test
  void item1_shortIdentifiersOfBoundsAndValues_areMalformed() {
    for (int size : new int[] {0, 31, 32, 63}) {
      String reason = "record identifier of " + size + " bytes";
      for (byte[] first : List.of(withIdentifiers(size, 70), withIdentifiers(64, size))) {
        try (LogWatch since = new LogWatch("org.docs4j.engine")) {
          peer.send(false, first);
          assertTrue(since.said("dropped a session", reason), since::toString);
        }
      }
      assertMalformed(syncWithIdentifiers(size, 70), reason);
      assertMalformed(syncWithIdentifiers(64, size), reason);
    }
  }

  /** A session that goes on with these bytes fails at once, and the log says why. */
  private void assertMalformed(byte[] message, String reason) {
    node.accepted.clear();
    try (LogWatch since = new LogWatch("org.docs4j.engine")) {
      peer.send(false, init(differing(Range.all(Range.ZERO))), message);
      assertInstanceOf(MalformedMessageException.class, failure());
      assertTrue(since.said("the session about", "failed", reason), since::toString);
    }
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

  private NamespaceSecret furtherDocument() {
    NamespaceSecret secret = NamespaceSecret.random(environment.random());
    node.await(node.sync.importNamespace(new Capability.Write(secret)));
    node.await(node.sync.open(secret.id(), OpenOptions.SYNC));
    node.await(node.sync.insertLocal(secret.id(), AUTHOR.id(), Key.of("k"), CONTENT, 1));
    return secret;
  }

  private static byte[] initOf(NamespaceSecret document) {
    Range all = Range.all(Range.ZERO);
    return frame(new SyncMessage.Init(document.id(), new RangeMessage(List.of(differing(all)))));
  }

  @Test
  void item4_documentThatIsDroppedWhileItIsDecided_endsTheSessionOnly() {
    NamespaceSecret gone = furtherDocument();
    node.decision =
        Optional.of(
            (document, from) ->
                document.equals(gone.id())
                    ? node.sync.drop(document).thenApply(dropped -> new AcceptOutcome.Allow(3))
                    : CompletableFuture.completedFuture(new AcceptOutcome.Allow(1)));
    peer.send(true, initOf(gone));
    assertInstanceOf(ReplicaNotFoundException.class, failure());
    assertLogged("the session about", gone.id().shortText(), "is not kept here");
    assertEquals(List.of(), peer.messages());
  }

  @Test
  void item4_documentThatIsDroppedBetweenTwoFrames_endsTheSessionOnly() {
    NamespaceSecret gone = furtherDocument();
    BidiStream stream = node.await(peer.connect().openBidi().toCompletableFuture());
    write(stream, initOf(gone));
    assertTrue(node.await(stream.receive().read(1 << 16).toCompletableFuture()).isPresent());
    node.await(node.sync.drop(gone.id()));
    write(stream, sync(differing(Range.all(Range.ZERO))));
    assertInstanceOf(ReplicaNotFoundException.class, failure());
    assertLogged("the session about", gone.id().shortText(), "is not kept here");
  }

  @Test
  void item5_frameOfMoreThanAGibibyte_isMalformed() {
    byte[] length = ByteBuffer.allocate(4).putInt((1 << 30) + 1).array();
    peer.send(false, length);
    assertLogged("dropped a session", "a frame of 1073741825 bytes");
    peer.send(false, init(differing(Range.all(Range.ZERO))), length);
    assertInstanceOf(MalformedMessageException.class, failure());
  }

  @Test
  void item5_countsThatTheFrameCannotHold_areMalformedBeforeAnythingElseComes() {
    byte[] all = new PostcardWriter().byteString(new byte[64]).byteString(new byte[64]).toByteArray();
    for (int count : new int[] {MessageDecoder.MAX_PARTS, Integer.MAX_VALUE}) {
      PostcardWriter parts = new PostcardWriter().variant(1).count(count);
      assertMalformed(begun(parts, 1 << 20), count + " parts");
      PostcardWriter values = new PostcardWriter().variant(1).count(1).variant(1).fixed(all).count(count);
      assertMalformed(begun(values, 1 << 20), count + " entries announced");
    }
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

  @Test
  void item5_rangeEndsOfManySessions_shareOneBudget() {
    List<BidiStream> streams = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      streams.add(node.await(peer.connect().openBidi().toCompletableFuture()));
      write(streams.get(i), init(differing(Range.all(Range.ZERO))));
    }
    for (int i = 0; i < 4; i++) {
      write(streams.get(i), i < 3 ? longEnds(7, 1 << 20) : longEnds(20, 150_000));
      sim.run(Duration.ofSeconds(3));
    }
    write(streams.get(4), longEnds(2, 1 << 20));
    assertInstanceOf(NodeBusyException.class, failure());
    assertLogged("the session about", "too much memory");
    peer.send(true, init(differing(Range.all(Range.ZERO))));
    assertEquals(List.of(new SyncMessage.Abort(AbortReason.INTERNAL_SERVER_ERROR)), peer.messages());
    assertLogged("too little memory for sessions");
    streams.forEach(stream -> stream.send().reset(0));
    sim.run(Duration.ofSeconds(5));
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
  void item5_silentConnectionsOfManyPeers_areLimitedInTotal() {
    node.await(others);
    sim.run(Duration.ofSeconds(10));
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      HostilePeer one = new HostilePeer(sim, network, environment, node);
      for (int j = 0; j < 50; j++) {
        connections.add(one.connect());
      }
    }
    sim.run(Duration.ofSeconds(1));
    List<Boolean> closed = connections.stream().map(c -> c.closed().toCompletableFuture().isDone()).toList();
    assertEquals(22, closed.stream().filter(is -> is).count());
    assertEquals(List.of(false, true), List.of(closed.get(127), closed.get(128)));
    assertLogged("too many sessions");
    assertFalse(friend.syncWith(node).succeeded());
    connections.forEach(connection -> connection.close(0, ""));
    sim.run(Duration.ofSeconds(1));
  }

  @Test
  void item25_asManyFingerprintsAsThereMayBe_areAnsweredWithinTheBudget() {
    Part[] parts = new Part[MessageDecoder.MAX_FINGERPRINTS];
    Arrays.fill(parts, differing(Range.all(Range.ZERO)));
    peer.send(true, init(differing(Range.all(Range.ZERO))), sync(parts));
    assertTrue(node.accepted.stream().allMatch(SessionResult::succeeded), () -> "" + node.accepted);
    assertEquals(2, peer.messages().size());
    RangeMessage answer = ((SyncMessage.Sync) peer.messages().get(1)).message();
    assertTrue(answer.parts().size() > 1000, "parts: " + answer.parts().size());
    long ends = answer.parts().stream().mapToLong(p -> 200L + p.range().x().size() + p.range().y().size()).sum();
    long size = frame(new SyncMessage.Sync(answer)).length;
    assertTrue(answer.parts().size() <= 16_384, "parts: " + answer.parts().size());
    assertTrue(size <= (1 << 20) + ends, "bytes: " + size);
  }

  /** The peer only reads: fingerprints that never hold, over all or over nothing, and requests for what it has got. */
  @Test
  void endless_messagesThatBringNothing_endTheSessionSoon() {
    Range all = Range.all(Range.ZERO);
    Range none = new Range(signed("x", new Record(1, CONTENT, now())).id(), signed("y", new Record(1, CONTENT, now())).id());
    List<Part> messages =
        List.of(differing(all), differing(none), new Part.RangeFingerprint(all, Fingerprint.EMPTY_SET),
            new Part.RangeItem(all, List.of(), false));
    for (Part part : messages) {
      int sent = peer.insist(init(part), sync(part), Duration.ZERO);
      assertTrue(sent >= SessionProgress.MAX_IDLE_MESSAGES, "messages: " + sent);
      assertTrue(sent <= 2 * SessionProgress.MAX_IDLE_MESSAGES + 2, "messages: " + sent);
    }
    List<DocsException> failures = node.accepted.stream().flatMap(r -> r.failure().stream()).toList();
    assertEquals(messages.size(), failures.size());
    failures.forEach(failure -> assertInstanceOf(DocsTimeoutException.class, failure));
    assertLogged("the session about", "no progress in " + SessionProgress.MAX_IDLE_MESSAGES + " messages");
  }

  /** Just within the patience that each single message has. */
  @Test
  void endless_slowMessagesThatBringNothing_endTheSessionInTime() {
    Part part = differing(Range.all(Range.ZERO));
    long begun = environment.ticker().nanos();
    Duration pause = SessionContext.DEFAULT_PATIENCE.minusSeconds(1);
    int sent = peer.insist(init(part), sync(part), pause);
    Duration lasted = environment.ticker().since(begun);
    assertTrue(sent < SessionProgress.MAX_IDLE_MESSAGES, "messages: " + sent);
    assertTrue(lasted.compareTo(SessionProgress.IDLE_TIME.plusMinutes(2)) < 0, "it lasted " + lasted);
    assertInstanceOf(DocsTimeoutException.class, failure());
    assertLogged("the session about", "the peer made no progress in 6", " s");
  }

  @Test
  void outOfTurn_initTwiceSyncFirstOrGarbage_isMalformed() {
    peer.send(false, frame(new SyncMessage.Sync(RangeMessage.EMPTY)));
    peer.send(false, frame(new SyncMessage.Abort(AbortReason.NOT_FOUND)));
    peer.send(false, new byte[] {0, 0, 0, 3, 9, 9, 9});
    assertLogged("dropped a session", "has to begin with Init");
    byte[] init = init(differing(Range.all(Range.ZERO)));
    peer.send(false, init, init);
    assertInstanceOf(MalformedMessageException.class, failure());
    assertLogged("the session about", "not due");
  }

  /** A frame that breaks off behind so many fingerprints with ends of so many bytes each; the last one waits for others. */
  private static byte[] longEnds(int fingerprints, int size) {
    RecordIdentifier end = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(new byte[size]));
    PostcardWriter out = new PostcardWriter().variant(1).count(fingerprints + 1);
    for (int i = 0; i < fingerprints; i++) {
      out.variant(0);
      EntryCodec.writeIdentifier(out, end);
      EntryCodec.writeIdentifier(out, end);
      out.fixed(new byte[32]);
    }
    return begun(out, out.toByteArray().length + 500);
  }

  private void write(BidiStream stream, byte[] bytes) {
    CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(bytes)).toCompletableFuture();
    sim.runUntil(written::isDone, Duration.ofSeconds(10));
  }
}
