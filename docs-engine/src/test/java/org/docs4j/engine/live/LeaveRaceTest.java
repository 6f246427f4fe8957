package org.docs4j.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LiveEvent;
import org.docs4j.api.LiveEvents;
import org.docs4j.api.SyncAccess;
import org.docs4j.api.SyncReport;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
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
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.session.SessionContext;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.Latency;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sessions about a document that is left meanwhile (WIRE 11.4): what was allowed goes to its end, what was not is declined,
 * and all else goes on.
 */
class LeaveRaceTest {
  private static final NamespaceId DOC = Entries.NAMESPACE.id();
  private static final Author AUTHOR = Entries.AUTHORS.get(0);
  private static final Hash CONTENT = Hash.ofContent(new byte[] {1});
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The answer to it is all that is held. */
  private static final RangeMessage ALL =
      new RangeMessage(
          List.of(
              new Part.RangeFingerprint(
                  Range.all(Range.ZERO), Entries.unsigned(AUTHOR, "k", 1, "x").entry().fingerprint())));

  private static final SyncMessage INIT = new SyncMessage.Init(DOC, ALL);
  private static final SyncMessage DIFFERS = new SyncMessage.Sync(ALL);

  private final LogWatch log = new LogWatch("org.docs4j.engine");
  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network =
      SimNetwork.virtual(sim, SimNetworkConfig.defaults().withLatency(Latency.fixed(Duration.ofMillis(150))));
  private final Map<EndpointId, Set<Hash>> contents = LiveNode.noContents();
  private final LiveNode alice = new LiveNode(sim, network, new SwarmHub(), contents, "alice");
  private final LiveNode bob = new LiveNode(sim, network, new SwarmHub(), contents, "bob");
  private final Environment environment = sim.environment("raw");
  private final NamespaceSecret other = NamespaceSecret.random(environment.random());
  private final Endpoint raw = network.endpoint(EndpointSecret.random(environment.random()), environment);
  private final LiveEvents ofDoc = alice.live.subscribe(DOC);
  private ByteBuffer received = ByteBuffer.allocate(0);

  /** Both nodes sync another document, in which one of them has something that the other one gets at the end. */
  @BeforeEach
  void begin() {
    alice.set(AUTHOR, "k");
    alice.start();
    for (LiveNode node : List.of(alice, bob)) {
      node.await(node.sync.importNamespace(new Capability.Write(other)));
      node.await(node.sync.open(other.id(), OpenOptions.DEFAULT));
    }
    alice.await(alice.sync.insertLocal(other.id(), AUTHOR.id(), Key.of("k"), CONTENT, 1));
    alice.await(alice.live.startSync(other.id(), List.of()));
    bob.await(bob.live.startSync(other.id(), List.of(alice.endpoint.addr())));
  }

  /** The session about the other document has ended well, and the document that was left syncs again once that is wanted. */
  @AfterEach
  void assertUnharmed() {
    sim.run(Duration.ofSeconds(5));
    assertEquals(1L, bob.await(bob.sync.count(other.id())));
    assertFalse(alice.await(alice.sync.state(DOC)).sync());
    BidiStream declined = open();
    write(declined, INIT);
    assertEquals(new SyncMessage.Abort(AbortReason.NOT_FOUND), read(declined));
    alice.set(AUTHOR, "after");
    alice.start();
    bob.await(bob.live.startSync(DOC, List.of(alice.endpoint.addr())));
    sim.run(Duration.ofSeconds(5));
    assertEquals(alice.await(alice.sync.count(DOC)), bob.await(bob.sync.count(DOC)));
    log.close();
  }

  private BidiStream open() {
    received = ByteBuffer.allocate(0);
    CompletableFuture<BidiStream> stream =
        raw.connect(alice.endpoint.addr(), SessionContext.ALPN)
            .thenCompose(connection -> connection.openBidi())
            .toCompletableFuture();
    return alice.await(stream);
  }

  private void write(BidiStream stream, SyncMessage message) {
    alice.await(stream.send().write(ByteBuffer.wrap(SyncMessageCodec.encodeFrame(message))).toCompletableFuture());
  }

  private SyncMessage read(BidiStream stream) {
    while (received.remaining() < 4 || received.remaining() - 4 < received.getInt(received.position())) {
      ByteBuffer more = alice.await(stream.receive().read(1 << 16).toCompletableFuture()).orElseThrow();
      received = ByteBuffer.allocate(received.remaining() + more.remaining()).put(received).put(more).flip();
    }
    byte[] body = new byte[received.getInt()];
    received.get(body);
    return SyncMessageCodec.decode(body);
  }


  private static long values(SyncMessage message) {
    return assertInstanceOf(SyncMessage.Sync.class, message).message().valueCount();
  }

  /** Takes part in the end of a session whose last word was the node's. */
  private void end(BidiStream stream) {
    alice.await(stream.send().finish().toCompletableFuture());
    assertEquals(Optional.empty(), alice.await(stream.receive().read(1).toCompletableFuture()));
  }

  /** The only report of a session about the document. */
  private SyncReport report() {
    List<SyncReport> reports = new ArrayList<>();
    sim.runUntil(
        () -> {
          for (Optional<LiveEvent> event = ofDoc.poll(Duration.ZERO); event.isPresent(); event = ofDoc.poll(Duration.ZERO)) {
            if (event.get() instanceof LiveEvent.SyncFinished finished) {
              reports.add(finished.report());
            }
          }
          return !reports.isEmpty();
        },
        LIMIT);
    assertEquals(1, reports.size(), "reports: " + reports);
    return reports.get(0);
  }

  private void assertLogged(String... words) {
    assertTrue(log.said(words), () -> "not logged: " + Arrays.toString(words) + " in\n" + log);
  }

  @Test
  void item4_documentThatIsLeftWhileItIsDecided_isDeclined() {
    List<CompletableFuture<Boolean>> left = new ArrayList<>();
    alice.access =
        (document, peer) -> {
          if (document.equals(DOC)) {
            left.add(alice.live.leave(DOC));
          }
          return new SyncAccess.Decision.Allow();
        };
    BidiStream stream = open();
    write(stream, INIT);
    assertEquals(new SyncMessage.Abort(AbortReason.NOT_FOUND), read(stream));
    alice.access = SyncAccess.EVERYONE;
    assertEquals(1, left.size());
    assertTrue(alice.await(left.get(0)));
    assertLogged("declined to sync", DOC.shortText(), "NOT_FOUND");
  }

  @Test
  void item4_documentThatIsLeftBetweenTheDecisionAndTheFirstAnswer_goesToTheEndOfTheSession() {
    List<CompletableFuture<Boolean>> left = new ArrayList<>();
    alice.access =
        (document, peer) -> {
          if (document.equals(DOC) && left.isEmpty()) {
            // One task later than here the decision is on its way already, and the answer is not.
            environment.executor().compute().execute(() -> left.add(alice.live.leave(DOC)));
          }
          return new SyncAccess.Decision.Allow();
        };
    BidiStream stream = open();
    write(stream, INIT);
    assertEquals(1, values(read(stream)));
    alice.access = SyncAccess.EVERYONE;
    assertTrue(alice.await(left.get(0)));
    assertFalse(alice.await(alice.sync.state(DOC)).sync());
    write(stream, new SyncMessage.Sync(RangeMessage.EMPTY));
    end(stream);
    assertEquals(Optional.empty(), report().failure());
    assertLogged("sync of " + DOC.shortText(), raw.id().toString());
  }

  @Test
  void item4_documentThatIsLeftBetweenTwoFrames_takesWhatComesUpToTheEndOfTheSession() {
    BidiStream stream = open();
    write(stream, INIT);
    assertEquals(1, values(read(stream)));
    assertTrue(alice.await(alice.live.leave(DOC)));
    Entry entry = new Entry(new RecordIdentifier(DOC, AUTHOR.id(), Key.of("of the peer")), new Record(1, CONTENT, new Timestamp(5)));
    SignedEntry signed = entry.sign(Entries.NAMESPACE, AUTHOR);
    List<Part.Value> values = List.of(new Part.Value(signed, ContentStatus.MISSING));
    write(stream, new SyncMessage.Sync(new RangeMessage(List.of(new Part.RangeItem(Range.all(Range.ZERO), values, true)))));
    assertEquals(0, values(read(stream)));
    end(stream);
    SyncReport report = report();
    assertEquals(Optional.empty(), report.failure());
    assertEquals(1, report.received());
    assertEquals(2, alice.entries());
  }

  @Test
  void item4_documentThatIsNoLongerSyncedBetweenTwoFrames_goesToTheEndOfTheSession() {
    BidiStream stream = open();
    write(stream, INIT);
    assertEquals(1, values(read(stream)));
    alice.await(alice.sync.setSync(DOC, false));
    write(stream, DIFFERS);
    assertEquals(1, values(read(stream)));
    write(stream, new SyncMessage.Sync(RangeMessage.EMPTY));
    end(stream);
    assertEquals(Optional.empty(), report().failure());
    assertTrue(alice.await(alice.live.leave(DOC)));
  }

  @Test
  void item4_documentThatIsRemovedBetweenTwoFrames_endsTheSession() {
    BidiStream stream = open();
    write(stream, INIT);
    assertEquals(1, values(read(stream)));
    alice.await(alice.live.leave(DOC));
    alice.await(alice.sync.drop(DOC));
    write(stream, DIFFERS);
    assertTrue(report().failure().orElseThrow().contains("is not kept here"));
    assertLogged("the session about " + DOC.shortText(), "is not kept here");
    alice.await(alice.sync.importNamespace(new Capability.Write(Entries.NAMESPACE)));
    alice.await(alice.sync.open(DOC, OpenOptions.DEFAULT));
  }

  @Test
  void item4_documentThatIsLeftWhileAPeerIsDialled_isNotTalkedAbout() {
    List<BidiStream> streams = new ArrayList<>();
    raw.accept(SessionContext.ALPN, connection -> connection.acceptBidi().thenAccept(streams::add));
    alice.await(alice.live.startSync(DOC, List.of(raw.addr())));
    assertTrue(alice.await(alice.live.leave(DOC)));
    SyncReport report = report();
    assertTrue(report.failure().orElseThrow().contains("is not synced at the moment"));
    assertLogged("sync of " + DOC.shortText(), "is not synced at the moment");
    assertEquals(List.of(), streams);
  }
}
