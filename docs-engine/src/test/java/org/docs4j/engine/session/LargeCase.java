package org.docs4j.engine.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.LocalInsert;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;
import org.docs4j.tck.sim.SimNetworkConfig;

/**
 * Two to four nodes with about a thousand entries, one message of which comes in many pieces and batches: sessions are
 * cut, and nodes killed and started again on what they had committed, when a part of such a message is stored.
 */
final class LargeCase implements AutoCloseable {
  private static final int ENTRIES = 1000;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Random random;
  private final SimEnvironment sim;
  private final SimNetwork network;
  private final List<SyncNode> nodes = new ArrayList<>();
  private int cutWithin;
  private int killed;

  LargeCase(long seed) {
    this.random = new Random(seed);
    this.sim = SimEnvironment.seeded(seed);
    this.network = SimNetwork.virtual(sim, SimNetworkConfig.defaults().withFrame(1 << (8 + random.nextInt(6))));
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      nodes.add(new SyncNode(sim, network, "node " + i, config()));
    }
  }

  private ReconcilerConfig config() {
    return random.nextBoolean() ? ReconcilerConfig.DEFAULT : new ReconcilerConfig(2, 1, Long.MAX_VALUE, true);
  }

  /** How many sessions failed at both sides when a part of what one had sent was stored at the other. */
  int cutWithin() {
    return cutWithin;
  }

  /** How many nodes were killed in a session. */
  int killed() {
    return killed;
  }

  void run() {
    for (int i = 0; i < nodes.size(); i++) {
      int share = i == 0 ? ENTRIES : random.nextInt(ENTRIES / 4);
      write(nodes.get(i), i, share);
    }
    NaiveReplica durable = new NaiveReplica();
    for (SyncNode node : nodes) {
      node.await(node.sync.flush());
      node.entries().forEach(durable::put);
    }
    for (int i = 4 + random.nextInt(4); i > 0; i--) {
      int one = random.nextInt(nodes.size());
      int other = (one + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
      disturbedSession(one, other);
    }
    sim.run(Duration.ofMinutes(10));
    settle(durable);
  }

  private void write(SyncNode node, int number, int count) {
    List<CompletableFuture<LocalInsert>> writes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AuthorId author = Entries.AUTHORS.get(random.nextInt(3)).id();
      Key key = Key.of("key " + random.nextInt(50) + "/" + number + "/" + i);
      if (random.nextInt(40) == 0) {
        writes.add(node.sync.deletePrefix(Entries.NAMESPACE.id(), author, Key.of("key " + random.nextInt(50))));
      } else {
        Hash content = Hash.ofContent(("content " + i).getBytes(StandardCharsets.UTF_8));
        writes.add(node.sync.insertLocal(Entries.NAMESPACE.id(), author, key, content, 1 + i));
      }
    }
    writes.forEach(node::await);
  }

  /** A session that ends when some entries have arrived, at one side or the other. */
  private void disturbedSession(int one, int other) {
    SyncNode dialler = nodes.get(one);
    SyncNode acceptor = nodes.get(other);
    write(nodes.get(random.nextInt(nodes.size())), nodes.size() + killed, 20);
    int accepted = acceptor.accepted.size();
    long enough = dialler.taken + acceptor.taken + 1 + random.nextInt(ENTRIES / 2);
    CompletableFuture<SessionResult> dial =
        dialler.sessions.dial(dialler.endpoint, acceptor.endpoint.addr(), Entries.NAMESPACE.id());
    sim.runUntil(() -> dial.isDone() || dialler.taken + acceptor.taken >= enough, LIMIT);
    if (dial.isDone()) {
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> restart(one);
      case 1 -> restart(other);
      default -> {
        network.cut(dialler.endpoint.id(), acceptor.endpoint.id());
        sim.runUntil(() -> dial.isDone() && acceptor.accepted.size() > accepted, LIMIT);
        note(dial.join(), acceptor.accepted.get(accepted));
        dialler.assertIndexRight();
        acceptor.assertIndexRight();
      }
    }
  }

  private void note(SessionResult one, SessionResult other) {
    boolean part = isPart(one.received(), other.sent()) || isPart(other.received(), one.sent());
    cutWithin += part && !one.succeeded() && !other.succeeded() ? 1 : 0;
  }

  private static boolean isPart(long received, long sent) {
    return received > 0 && received < sent;
  }

  private void restart(int number) {
    nodes.set(number, nodes.get(number).restart());
    nodes.get(number).assertIndexRight();
    killed++;
  }

  /** What is held somewhere is held everywhere, by the insert rule, and nothing that was durable is lost. */
  private void settle(NaiveReplica durable) {
    NaiveReplica model = new NaiveReplica();
    Map<AuthorId, Timestamp> heads = new HashMap<>();
    for (SyncNode node : nodes) {
      node.entries().forEach(model::put);
      AuthorHeads own = node.await(node.sync.heads(Entries.NAMESPACE.id(), Integer.MAX_VALUE));
      own.heads().forEach((author, time) -> heads.merge(author, time, (a, b) -> a.isAfter(b) ? a : b));
    }
    List<Entry> expected = entries(model.all());
    durable.all().forEach(model::put);
    assertEquals(expected, entries(model.all()), "what was durable is there");
    SyncNode.round(nodes);
    for (SyncNode node : nodes) {
      assertEquals(expected, entries(node.entries()), "entries of a node");
      assertEquals(AuthorHeads.of(heads), node.await(node.sync.heads(Entries.NAMESPACE.id(), Integer.MAX_VALUE)), "heads of a node");
      node.assertIndexRight();
    }
    assertEquals(0, SyncNode.round(nodes), "entries that are sent when all are equal");
  }

  private static List<Entry> entries(List<SignedEntry> signed) {
    return signed.stream().map(SignedEntry::entry).toList();
  }

  @Override
  public void close() {
    network.close();
    nodes.forEach(node -> node.sync.close());
  }
}
