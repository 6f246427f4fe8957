package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.model.ValidationFailure;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.ranger.Reconciler;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.LogWatch;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer with the split of real nodes, which keep entries whose keys are longer than any that is stored here (WIRE 3.5):
 * they go over the wire as entries and as ends of ranges, at each session anew.
 */
class LongKeyPeerTest {
  private static final ReconcilerConfig REFERENCE = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Record RECORD = new Record(1, Hash.ofContent(new byte[] {1}), new Timestamp(9));
  private static final int MOST_MESSAGES = 60;

  private final SimEnvironment sim = SimEnvironment.create();
  private final SimNetwork network = SimNetwork.virtual(sim);
  private final SyncNode node = new SyncNode(sim, network, "node", ReconcilerConfig.DEFAULT);
  private final Endpoint raw = network.endpoint(EndpointSecret.random(sim.environment("raw").random()), sim.environment("raw"));
  private final NaiveReplica peer = new NaiveReplica();
  private final Reconciler theirs = new Reconciler(Entries.NAMESPACE.id(), REFERENCE);
  private final List<Author> authors =
      Entries.AUTHORS.stream().sorted(Comparator.comparing(author -> author.id().bytes())).toList();
  private CompletableFuture<Connection> incoming = new CompletableFuture<>();
  private int messages;

  @BeforeEach
  void listen() {
    raw.accept(SessionContext.ALPN, connection -> incoming.complete(connection));
  }

  private static SignedEntry signed(Author author, byte[] key) {
    RecordIdentifier id = new RecordIdentifier(Entries.NAMESPACE.id(), author.id(), Key.of(key));
    return new Entry(id, RECORD).sign(Entries.NAMESPACE, author);
  }

  /** A key of so many bytes more than the longest, which begins with one byte and ends with another. */
  private static byte[] longKey(int more, int first, int last) {
    byte[] key = new byte[Key.MAX_BYTES + more];
    key[0] = (byte) first;
    key[key.length - 1] = (byte) last;
    return key;
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      Author author = authors.get(i % 3);
      SignedEntry ours = signed(author, ("node " + i + ".").getBytes(StandardCharsets.UTF_8));
      node.await(node.sync.insertRemote(Entries.NAMESPACE.id(), ours, raw.id(), ContentStatus.MISSING));
      peer.load(signed(author, ("peer " + i + ".").getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void write(BidiStream stream, SyncMessage message) {
    node.await(stream.send().write(ByteBuffer.wrap(SyncMessageCodec.encodeFrame(message))).toCompletableFuture());
  }

  /** What the node says next; empty at the end of its stream, or when it has nothing to say. */
  private Optional<RangeMessage> next(BidiStream stream) {
    return node.message(stream)
        .map(message -> message instanceof SyncMessage.Init init ? init.message() : ((SyncMessage.Sync) message).message())
        .filter(ranges -> !ranges.isEmpty());
  }

  private SessionResult session(boolean nodeBegins) {
    messages = 0;
    if (nodeBegins) {
      incoming = new CompletableFuture<>();
      CompletableFuture<SessionResult> result =
          node.sessions.dial(node.endpoint, raw.addr(), Entries.NAMESPACE.id());
      BidiStream stream = node.await(node.await(incoming).acceptBidi().toCompletableFuture());
      talk(stream);
      return node.await(result);
    }
    node.accepted.clear();
    Connection connection = node.await(raw.connect(node.endpoint.addr(), SessionContext.ALPN).toCompletableFuture());
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    write(stream, new SyncMessage.Init(Entries.NAMESPACE.id(), theirs.initial(peer)));
    talk(stream);
    sim.runUntil(() -> !node.accepted.isEmpty(), LIMIT);
    return node.accepted.get(0);
  }

  private void talk(BidiStream stream) {
    Optional<RangeMessage> message = next(stream);
    while (message.isPresent()) {
      messages++;
      assertTrue(messages < MOST_MESSAGES, "the session does not end");
      RangeMessage answer = theirs.handle(message.get(), peer, peer);
      if (answer.isEmpty()) {
        break;
      }
      write(stream, new SyncMessage.Sync(answer));
      message = next(stream);
    }
    stream.send().finish();
  }

  private void assertAllButLongKeysSync(List<SignedEntry> longKeys, boolean nodeBegins) {
    fill(150);
    longKeys.forEach(peer::load);
    List<SignedEntry> expected = new ArrayList<>(peer.all());
    expected.removeAll(longKeys);
    expected.addAll(node.entries());
    expected.sort(Comparator.comparing(SignedEntry::id));
    try (LogWatch log = new LogWatch("org.docs4j.engine")) {
      SessionResult first = session(nodeBegins);
      assertEquals(Optional.empty(), first.failure());
      assertEquals(150, first.received());
      assertTrue(first.rejected() > 0, "nothing was refused");
      assertTrue(log.said("refused", "from " + raw.id().shortText(), ValidationFailure.KEY_TOO_LONG.sentence()), log::toString);
    }
    assertEquals(expected, node.entries());
    assertEquals(expected.size() + longKeys.size(), peer.all().size());
    node.assertIndexRight();
    SessionResult second = session(!nodeBegins);
    assertEquals(Optional.empty(), second.failure());
    assertEquals(0, second.received());
    assertTrue(second.rejected() > 0, "nothing was refused");
    assertEquals(expected, node.entries());
  }

  @Test
  void when_longKeyIsInTheMiddle_then_allElseSyncs() {
    assertAllButLongKeysSync(List.of(signed(authors.get(1), longKey(300_000, 'o', 1))), false);
  }

  /** The first message of such a peer begins and ends with that identifier. */
  @Test
  void when_longKeyIsTheFirstOfTheDocument_then_allElseSyncs() {
    assertAllButLongKeysSync(List.of(signed(authors.get(0), longKey(300_000, 0, 1))), false);
  }

  @Test
  void when_longKeyIsTheLastOfTheDocument_then_allElseSyncs() {
    assertAllButLongKeysSync(List.of(signed(authors.get(2), longKey(1, 'z', 1))), true);
  }

  /** Between the two there is nothing that could be stored here, and cut they are one. */
  @Test
  void when_longKeysDifferAtTheirEndsOnly_then_allElseSyncs() {
    assertAllButLongKeysSync(
        List.of(
            signed(authors.get(0), longKey(10, 'o', 1)),
            signed(authors.get(0), longKey(10, 'o', 2)),
            signed(authors.get(1), longKey(2_000_000, 'o', 2)),
            signed(authors.get(1), longKey(2_000_000, 'o', 3))),
        false);
  }

  /** Nothing else is there, so that each end of a range is one of them. */
  @Test
  void when_peerHasOnlyLongKeys_then_sessionsEnd() {
    List<SignedEntry> longKeys = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      longKeys.add(signed(authors.get(0), longKey(10, 'o', i + 1)));
    }
    longKeys.forEach(peer::load);
    for (boolean nodeBegins : new boolean[] {true, false, true}) {
      SessionResult result = session(nodeBegins);
      assertEquals(Optional.empty(), result.failure());
      assertEquals(List.of(), node.entries());
      assertEquals(longKeys.size(), peer.all().size());
    }
    SignedEntry ours = signed(authors.get(0), longKey(0, 'o', 0));
    node.await(node.sync.insertRemote(Entries.NAMESPACE.id(), ours, raw.id(), ContentStatus.MISSING));
    assertEquals(Optional.empty(), session(false).failure());
    assertEquals(Optional.empty(), session(true).failure());
    assertTrue(peer.all().contains(ours), "the entry just before all of them has not come");
  }
}
