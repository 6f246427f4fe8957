package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.docs4j.api.InvalidEntryException;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.EntrySignature;
import org.docs4j.api.model.Signature;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.Latency;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/**
 * Two to five nodes in virtual time that write, delete and sync in an order drawn from a seed, with clocks that are wrong
 * and a network that fails in the middle of sessions.
 */
final class NodeCase implements AutoCloseable {
  private static final EntrySignature UNSIGNED =
      new EntrySignature(Signature.of(new byte[64]), Signature.of(new byte[64]));

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Random random;
  private final SimEnvironment sim;
  private final SimNetwork network;
  private final List<SyncNode> nodes = new ArrayList<>();
  private final List<Dial> dials = new ArrayList<>();
  private final List<SessionResult> busy = new ArrayList<>();
  private final NaiveReplica model = new NaiveReplica();
  private final Map<AuthorId, Timestamp> heads = new HashMap<>();

  NodeCase(long seed) {
    this.random = new Random(seed);
    this.sim = SimEnvironment.seeded(seed);
    Latency latency = Latency.between(Duration.ofMillis(1), Duration.ofMillis(2 + random.nextInt(80)));
    SimNetworkConfig config = SimNetworkConfig.defaults().withLatency(latency).withFrame(1 << (4 + random.nextInt(10)));
    this.network = SimNetwork.virtual(sim, config);
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String name = "node " + i;
      sim.skew(name, skew());
      nodes.add(new SyncNode(sim, network, name, config(), protocols()));
    }
  }

  private Duration skew() {
    return random.nextInt(8) == 0 ? Duration.ofMinutes(15) : Duration.ofMillis(random.nextInt(2000) - 1000);
  }

  private ReconcilerConfig config() {
    return switch (random.nextInt(4)) {
      case 0 -> new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);
      case 1 -> new ReconcilerConfig(2 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(4000), true);
      case 2 -> new ReconcilerConfig(2, 1 + random.nextInt(2), 4 + random.nextInt(30), 1 + random.nextInt(20_000), true);
      default -> ReconcilerConfig.DEFAULT;
    };
  }

  /** Half of the nodes have each session on a connection of its own, as those of the reference. */
  private List<Alpn> protocols() {
    return random.nextBoolean() ? SessionContext.PROTOCOLS : List.of(SessionContext.ALPN);
  }

  private SyncNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** How many sessions of the busy time failed, as one side saw them, when entries had gone either way already. */
  long cutWithin() {
    Stream<SessionResult> dialled = dials.stream().map(dial -> dial.result.join());
    return Stream.concat(dialled, busy.stream()).filter(NodeCase::isCutWithin).count();
  }

  private static boolean isCutWithin(SessionResult result) {
    return !result.succeeded() && result.sent() + result.received() > 0;
  }

  /** All of it: a busy time, then quiet. */
  void run() {
    for (int steps = 10 + random.nextInt(60); steps > 0; steps--) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> write(any());
        case 3 -> dials.add(new Dial(any(), any()));
        case 4 -> disturb();
        default -> sim.run(Duration.ofMillis(random.nextInt(200)));
      }
    }
    network.firewall().heal();
    sim.run(Duration.ofHours(1));
    assertTrue(dials.stream().allMatch(dial -> dial.result.isDone()), "a session that never ends");
    nodes.forEach(node -> busy.addAll(node.accepted));
    settle();
  }

  /** Mostly in the middle of a session, if one is under way then: at some time, or once it has stored something. */
  private void disturb() {
    List<Dial> underWay = dials.stream().filter(dial -> !dial.result.isDone()).toList();
    if (underWay.isEmpty() || random.nextInt(4) == 0) {
      disturb(any(), any());
    } else {
      Dial dial = underWay.get(random.nextInt(underWay.size()));
      if (random.nextBoolean()) {
        sim.run(Duration.ofMillis(random.nextInt(400)));
      } else {
        sim.conditions().holdsWithin(PATIENCE, dial::hasBroughtSomething);
      }
      disturb(dial.from, dial.to);
    }
  }

  private void disturb(SyncNode one, SyncNode other) {
    if (random.nextInt(3) == 0) {
      network.firewall().drop(one.endpoint.id(), other.endpoint.id());
    } else if (random.nextBoolean()) {
      network.firewall().heal();
    } else {
      network.cut(one.endpoint.id(), other.endpoint.id());
    }
  }

  private void write(SyncNode node) {
    StringBuilder key = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      key.append((char) ('a' + random.nextInt(3)));
    }
    Author author = Entries.AUTHORS.get(random.nextInt(3));
    if (random.nextInt(4) == 0) {
      note(() -> node.delete(author, key.toString()));
    } else {
      note(() -> node.set(author, key.toString(), "content " + random.nextInt(3)));
    }
  }

  /** A write above an entry at the very end of what a clock allows is refused. */
  private void note(Supplier<LocalInsert> write) {
    try {
      Entry entry = write.get().entry();
      model.put(new SignedEntry(UNSIGNED, entry));
      heads.merge(entry.id().author(), entry.record().timestamp(), (a, b) -> a.isAfter(b) ? a : b);
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof InvalidEntryException)) {
        throw e;
      }
    }
  }

  /** Nobody writes any more: two rounds of sessions of all with all are enough, and the third one has nothing to do. */
  private void settle() {
    SyncNode.round(nodes);
    SyncNode.round(nodes);
    List<Entry> all = model.all().stream().map(SignedEntry::entry).toList();
    for (SyncNode node : nodes) {
      assertEquals(all, node.entries().stream().map(SignedEntry::entry).toList(), "entries of a node");
      assertEquals(AuthorHeads.of(heads), node.await(node.sync.heads(Entries.NAMESPACE.id(), Integer.MAX_VALUE)), "heads of a node");
      node.assertIndexRight();
    }
    assertEquals(0, SyncNode.round(nodes), "entries that are sent when all are equal");
  }

  @Override
  public void close() {
    network.close();
    nodes.forEach(node -> node.sync.close());
  }

  /** A session that was begun. */
  private static final class Dial {
    private final SyncNode from;
    private final SyncNode to;
    private final long before;
    private final CompletableFuture<SessionResult> result;

    Dial(SyncNode from, SyncNode to) {
      this.from = from;
      this.to = to;
      this.before = from.taken + to.taken;
      this.result = from.sessions.dial(from.endpoint, to.endpoint.addr(), Entries.NAMESPACE.id());
    }

    boolean hasBroughtSomething() {
      return result.isDone() || from.taken + to.taken > before;
    }
  }
}
