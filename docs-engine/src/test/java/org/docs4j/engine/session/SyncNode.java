package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.docs4j.api.AbortReason;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.Query;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.ContentStatus;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.Fingerprint;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.RecordIdentifier;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.actor.OpenOptions;
import org.docs4j.engine.actor.ReplicaEvent;
import org.docs4j.engine.actor.SurvivingStore;
import org.docs4j.engine.actor.SyncHandle;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.replica.KeyValueReplicaStore;
import org.docs4j.engine.replica.ReplicaReader;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;

/** A node of a simulation that has replicas and takes sessions, without live sync on top. */
final class SyncNode {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final SimNetwork network;
  private final String name;
  private final ReconcilerConfig config;
  private final SurvivingStore store;
  private final List<Alpn> protocols;
  private final EndpointSecret secret;
  final SimEnvironment sim;
  final Environment environment;
  final Endpoint endpoint;
  final SyncHandle sync;
  final Sessions sessions;
  /** How many connections peers have made. */
  int connections;

  final List<SessionResult> accepted = new ArrayList<>();

  /** When the sessions began of which those are the results. */
  final List<Timestamp> started = new ArrayList<>();
  Optional<AcceptDecision> decision = Optional.empty();

  /** How many entries of peers were stored since the start. */
  long taken;

  /** What the node says of its contents. */
  Function<Hash, ContentStatus> contents = hash -> ContentStatus.MISSING;

  AcceptOutcome answer = new AcceptOutcome.Allow(1);

  SyncNode(SimEnvironment sim, SimNetwork network, String name, ReconcilerConfig config) {
    this(sim, network, name, config, SessionContext.PROTOCOLS);
  }

  /** A node that takes only some of the protocols; nodes of the reference take the one of WIRE 4. */
  SyncNode(
      SimEnvironment sim, SimNetwork network, String name, ReconcilerConfig config, List<Alpn> protocols) {
    this(
        sim, network, name, config, protocols, SurvivingStore.inMemory(), EndpointSecret.random(sim.environment(name).random()));
  }

  private SyncNode(
      SimEnvironment sim,
      SimNetwork network,
      String name,
      ReconcilerConfig config,
      List<Alpn> protocols,
      SurvivingStore store,
      EndpointSecret secret) {
    this.sim = sim;
    this.network = network;
    this.name = name;
    this.config = config;
    this.store = store;
    this.protocols = protocols;
    this.environment = sim.environment(name);
    this.secret = secret;
    this.endpoint = network.endpoint(secret, environment);
    this.sync = new SyncHandle(KeyValueReplicaStore.open(store), environment, config, this::note);
    this.sessions =
        new Sessions(
            new SessionContext(
                sync, hash -> contents.apply(hash), environment, SessionContext.DEFAULT_PATIENCE));
    protocols.forEach(protocol -> endpoint.accept(protocol, this::accept));
    await(sync.importNamespace(new Capability.Write(Entries.NAMESPACE)));
    await(sync.open(Entries.NAMESPACE.id(), OpenOptions.SYNC));
    Entries.AUTHORS.forEach(author -> await(sync.importAuthor(author)));
  }

  private void accept(Connection connection) {
    connections++;
    sessions.accept(
        connection,
        (namespace, peer) ->
            decision
                .map(made -> made.decide(namespace, peer))
                .orElseGet(() -> CompletableFuture.completedFuture(answer)),
        (session, result) -> {
          started.add(session.started());
          accepted.add(result);
        });
  }

  /** Kills the node and starts it again, with the same id, on what it had committed. */
  SyncNode restart() {
    network.kill(endpoint.id());
    sim.crash(name);
    store.kill();
    return new SyncNode(sim, network, name, config, protocols, store, secret);
  }

  private void note(ReplicaEvent event) {
    taken += event instanceof ReplicaEvent.Remote ? 1 : 0;
  }

  void refuse(AbortReason reason) {
    answer = new AcceptOutcome.Reject(reason);
  }

  <T> T await(CompletableFuture<T> stage) {
    sim.runUntil(stage::isDone, LIMIT);
    return stage.join();
  }

  /** What comes next on a stream of a peer of the tests; empty at its end. */
  Optional<SyncMessage> message(BidiStream stream) {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    while (true) {
      ByteBuffer frame = ByteBuffer.wrap(received.toByteArray());
      if (frame.remaining() >= Integer.BYTES && frame.getInt() == frame.remaining()) {
        return Optional.of(
            SyncMessageCodec.decode(Arrays.copyOfRange(frame.array(), Integer.BYTES, received.size())));
      }
      Optional<ByteBuffer> read = await(stream.receive().read(1 << 20).toCompletableFuture());
      if (read.isEmpty()) {
        return Optional.empty();
      }
      byte[] bytes = new byte[read.get().remaining()];
      read.get().get(bytes);
      received.writeBytes(bytes);
    }
  }

  /** How many entries are in the store for good, as a kill would leave them. */
  long committed() {
    try (ReplicaReader reader = KeyValueReplicaStore.open(store).read()) {
      return reader.count(Entries.NAMESPACE.id());
    }
  }

  LocalInsert set(Author author, String key, String content) {
    return await(
        sync.insertLocal(
            Entries.NAMESPACE.id(),
            author.id(),
            Key.of(key),
            Hash.ofContent(content.getBytes(StandardCharsets.UTF_8)),
            content.length()));
  }

  LocalInsert delete(Author author, String prefix) {
    return await(sync.deletePrefix(Entries.NAMESPACE.id(), author.id(), Key.of(prefix)));
  }

  List<SignedEntry> entries() {
    List<SignedEntry> all = new ArrayList<>();
    Optional<RecordIdentifier> last = Optional.empty();
    while (true) {
      List<SignedEntry> page =
          await(sync.getPage(Entries.NAMESPACE.id(), Query.all().withEmpty(), last, 10_000));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      last = Optional.of(page.get(page.size() - 1).id());
    }
  }

  /** The index and the rows tell the same; the first message has fingerprints of ranges that are everything together. */
  void assertIndexRight() {
    Fingerprint index = Fingerprint.EMPTY_SET;
    for (Part part : await(sync.initialMessage(Entries.NAMESPACE.id(), true)).parts()) {
      index = index.xor(((Part.RangeFingerprint) part).fingerprint()).xor(Fingerprint.EMPTY_SET);
    }
    Fingerprint expected = Fingerprint.EMPTY_SET;
    for (SignedEntry entry : entries()) {
      expected = expected.xor(entry.entry().fingerprint());
    }
    assertEquals(expected, index, "the index of " + name);
    assertEquals(entries().size(), await(sync.size(Entries.NAMESPACE.id())), "the size of " + name);
  }

  /** Sessions of all with all, one after the other, which succeed and refuse nothing; returns how many entries moved. */
  static long round(List<SyncNode> nodes) {
    long moved = 0;
    for (SyncNode initiator : nodes) {
      for (SyncNode responder : nodes) {
        if (initiator != responder) {
          SessionResult result = initiator.syncWith(responder);
          assertEquals(Optional.empty(), result.failure(), "a session in quiet");
          assertEquals(0, result.rejected(), "entries that are refused in quiet");
          moved += result.sent() + result.received();
        }
      }
    }
    return moved;
  }

  SessionResult syncWith(SyncNode peer) {
    return await(sessions.dial(endpoint, peer.endpoint.addr(), Entries.NAMESPACE.id()));
  }
}
