package org.docs4j.engine.session;

import static org.docs4j.engine.session.HostilePeer.frame;
import static org.docs4j.engine.session.HostilePeer.init;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.DocsException;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.wire.EntryCodec;
import org.docs4j.api.wire.PostcardWriter;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.Range;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A node with a hostile peer, and a session with another one that was begun before: it ends well, and the node takes a new
 * one, whatever the hostile peer does.
 */
abstract class HostileSessions {
  static final Author AUTHOR = Entries.AUTHORS.get(0);
  static final Hash CONTENT = Hash.ofContent(new byte[] {1});

  final LogWatch log = new LogWatch("org.docs4j.engine");
  final SimEnvironment sim = SimEnvironment.create();
  final SimNetwork network = SimNetwork.virtual(sim);
  final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  final SyncNode friend = new SyncNode(sim, network, "friend", ReconcilerConfig.DEFAULT);
  final Environment environment = sim.environment("raw");
  final HostilePeer peer = new HostilePeer(sim, network, environment, node);
  CompletableFuture<SessionResult> others = CompletableFuture.failedFuture(new AssertionError("not begun"));

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

  void assertLogged(String... words) {
    assertTrue(log.said(words), () -> "not logged: " + Arrays.toString(words) + " in\n" + log);
  }

  /** How the hostile peer's session ended; the other one succeeds. */
  DocsException failure() {
    sim.runUntil(() -> node.accepted.stream().anyMatch(r -> !r.succeeded()), Duration.ofMinutes(5));
    return node.accepted.stream().flatMap(r -> r.failure().stream()).findFirst().orElseThrow();
  }

  long rejected() {
    return node.accepted.stream().mapToLong(SessionResult::rejected).sum();
  }

  Timestamp now() {
    return environment.clock().now();
  }

  static SignedEntry signed(String key, Record record) {
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), AUTHOR.id(), Key.of(key));
    return new Entry(id, record).sign(Entries.NAMESPACE, AUTHOR);
  }

  static byte[] offer(boolean haveLocal, SignedEntry... entries) {
    return init(items(haveLocal, entries));
  }

  static Part items(boolean haveLocal, SignedEntry... entries) {
    List<Part.Value> values =
        Arrays.stream(entries).map(entry -> new Part.Value(entry, ContentStatus.MISSING)).toList();
    return new Part.RangeItem(Range.all(Range.ZERO), values, haveLocal);
  }

  static Part differing(Range range) {
    return new Part.RangeFingerprint(range, Entries.unsigned(AUTHOR, "k", 1, "x").entry().fingerprint());
  }

  static byte[] sync(Part... parts) {
    return frame(new SyncMessage.Sync(new RangeMessage(List.of(parts))));
  }

  /** The beginning of a frame of so many bytes. */
  static byte[] begun(PostcardWriter out, int length) {
    byte[] body = out.toByteArray();
    return ByteBuffer.allocate(4 + body.length).putInt(length).put(body).array();
  }

  /** A first message of one part with one entry, whose identifiers have so many bytes. */
  static byte[] withIdentifiers(int bound, int value) {
    return withIdentifiers(new PostcardWriter().variant(0).bytes32(Entries.NAMESPACE.id().bytes()), bound, value);
  }

  /** The same as a later message. */
  static byte[] syncWithIdentifiers(int bound, int value) {
    return withIdentifiers(new PostcardWriter().variant(1), bound, value);
  }

  private static byte[] withIdentifiers(PostcardWriter out, int bound, int value) {
    out.count(1).variant(1);
    out.byteString(new byte[bound]).byteString(new byte[bound]).count(1).fixed(new byte[128]);
    out.byteString(new byte[value]);
    EntryCodec.writeRecord(out, new Record(1, CONTENT, new Timestamp(1)));
    // Bytes behind a message are passed over; they make it long enough for the count of its entries.
    return out.variant(2).bool(true).fixed(new byte[100]).toFrame();
  }
}
