package org.docs4j.engine.convergence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.docs4j.api.model.Author;
import org.docs4j.api.model.AuthorHeads;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.model.Timestamp;
import org.docs4j.engine.ranger.Bound;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.NaiveReplica;
import org.docs4j.engine.ranger.RangeView;
import org.docs4j.engine.ranger.ReconcilerConfig;
import org.docs4j.engine.ranger.ReferenceReplica;
import org.docs4j.engine.ranger.Segment;
import org.docs4j.engine.ranger.StoredReplica;

/**
 * Two to five replicas that write, delete and sync in an order drawn from a seed: sessions go on message by message among
 * all that happens, and are cut off anywhere. Clocks are coarse, so that timestamps are often equal, and wrong.
 */
final class ScriptedCase implements AutoCloseable {
  private static final long START = 1_700_000_000_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final ReconcilerConfig REAL = new ReconcilerConfig(2, 1, Long.MAX_VALUE, false);
  private static final List<String> PIECES = List.of("a", "b", "ab", "c/", "\u0000", "\u00ff");

  private final Random random;
  private final NaiveReplica model = new NaiveReplica();
  private final List<ScriptedReplica> replicas = new ArrayList<>();
  private final List<ScriptedSession> sessions = new ArrayList<>();
  private final Map<AuthorId, Timestamp> heads = new HashMap<>();
  private final boolean withRealNode;
  private final long tick;
  private long now = START;

  /**
   * A case by its seed.
   *
   * @param withRealNode whether the last replica has the split and the insert rule of real nodes, and forgets deletions
   */
  ScriptedCase(long seed, boolean withRealNode) {
    this.random = new Random(seed);
    this.withRealNode = withRealNode;
    this.tick = 1L << random.nextInt(24);
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      replicas.add(new ScriptedReplica(new StoredReplica(Entries.NAMESPACE.id()), config(), skew()));
    }
    if (withRealNode) {
      replicas.add(new ScriptedReplica(new ReferenceReplica(), REAL, skew()));
    }
  }

  /** Beside a real node ours tell it of deletions, as they do by default. */
  private ReconcilerConfig config() {
    return switch (random.nextInt(4)) {
      case 0 -> new ReconcilerConfig(2, 1, Long.MAX_VALUE, withRealNode);
      case 1 -> new ReconcilerConfig(
          2 + random.nextInt(9),
          1 + random.nextInt(9),
          1 + random.nextInt(4000),
          withRealNode || random.nextBoolean());
      case 2 -> new ReconcilerConfig(2, 1 + random.nextInt(2), 4 + random.nextInt(30), 1 + random.nextInt(20_000), withRealNode);
      default -> ReconcilerConfig.DEFAULT;
    };
  }

  /** Mostly a second, at times more than others put up with. */
  private long skew() {
    return random.nextInt(8) == 0 ? 15 * MINUTE : random.nextInt(2_000_000) - 1_000_000;
  }

  private ScriptedReplica any() {
    return replicas.get(random.nextInt(replicas.size()));
  }

  /** All of it: a busy time, then quiet. */
  void run() {
    int steps = 20 + random.nextInt(180);
    for (int i = 0; i < steps; i++) {
      now += random.nextInt(300_000);
      switch (random.nextInt(5)) {
        case 0, 1 -> write(any());
        case 2 -> begin();
        default -> proceed();
      }
    }
    now += 60 * MINUTE;
    settle();
  }

  private void write(ScriptedReplica replica) {
    StringBuilder key = new StringBuilder();
    for (int depth = random.nextInt(4); depth > 0; depth--) {
      key.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    Author author = Entries.AUTHORS.get(random.nextInt(3));
    String content = random.nextInt(4) == 0 ? "" : "content " + random.nextInt(3);
    long time = (now + replica.skew()) / tick * tick;
    SignedEntry entry = Entries.unsigned(author, key.toString(), time, content);
    replica.put(entry);
    if (replica.heads().isPresent()) {
      model(entry);
    }
  }

  private void model(SignedEntry entry) {
    model.put(entry);
    heads.merge(entry.id().author(), entry.record().timestamp(), (a, b) -> a.isAfter(b) ? a : b);
  }

  private void begin() {
    ScriptedReplica initiator = any();
    ScriptedReplica responder = any();
    if (initiator != responder) {
      sessions.add(new ScriptedSession(initiator, responder));
    }
  }

  /** Delivers a message of some session, or loses it with all that would have followed. */
  private void proceed() {
    if (!sessions.isEmpty()) {
      int at = random.nextInt(sessions.size());
      if (random.nextInt(8) == 0 || !sessions.get(at).deliver(now)) {
        sessions.remove(at);
      }
    }
  }

  /** Nobody writes any more: two rounds of sessions of all with all are enough, and the third one has nothing to do. */
  private void settle() {
    sessions.clear();
    Set<SignedEntry> held = new HashSet<>();
    replicas.forEach(replica -> held.addAll(replica.all()));
    round();
    round();
    if (withRealNode) {
      modelWhatTheRealNodeTold(held);
      ours().forEach(this::check);
      round();
      round();
    }
    replicas.forEach(this::check);
    assertEquals(0, round(), "entries that are sent when all are equal");
  }

  private Stream<ScriptedReplica> ours() {
    return replicas.stream().filter(replica -> replica.heads().isPresent());
  }

  /**
   * What only the real node held may be lost: an older entry at the empty key, or one that was deleted, takes the place of
   * a newer one there. What ours held stays, and nothing appears that nobody held.
   */
  private void modelWhatTheRealNodeTold(Set<SignedEntry> held) {
    List<SignedEntry> agreed = ours().findFirst().orElseThrow().all();
    assertTrue(held.containsAll(agreed), "an entry that nobody held");
    agreed.forEach(this::model);
    assertEquals(model.all(), agreed, "what was written to ours, and told to them");
  }

  private long round() {
    long sent = 0;
    for (ScriptedReplica initiator : replicas) {
      for (ScriptedReplica responder : replicas) {
        if (initiator != responder) {
          ScriptedSession session = new ScriptedSession(initiator, responder);
          session.finish(now);
          sent += session.sent();
        }
      }
    }
    return sent;
  }

  private void check(ScriptedReplica replica) {
    assertEquals(model.all(), replica.all(), "entries of a replica");
    replica.heads().ifPresent(kept -> assertEquals(AuthorHeads.of(heads), kept, "heads of a replica"));
    RangeView view = replica.view();
    for (int i = 0; i < 8; i++) {
      Bound from = bound(Bound.start());
      Bound to = bound(Bound.end());
      Segment.of(from, to).ifPresent(segment -> check(segment, view));
    }
  }

  private Bound bound(Bound otherwise) {
    List<SignedEntry> all = model.all();
    return all.isEmpty() || random.nextInt(4) == 0
        ? otherwise
        : new Bound.At(all.get(random.nextInt(all.size())).id());
  }

  private void check(Segment segment, RangeView view) {
    assertEquals(model.summary(segment), view.summary(segment), "the index of a range");
    for (long i = 0; i < model.summary(segment).count(); i++) {
      assertEquals(model.select(segment, i), view.select(segment, i), "a place of a range");
    }
  }

  @Override
  public void close() {
    replicas.forEach(ScriptedReplica::close);
  }
}
