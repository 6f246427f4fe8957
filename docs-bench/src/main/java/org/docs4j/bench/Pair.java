package org.docs4j.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Two processes of one kind: one writes, the other one syncs from it. */
final class Pair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
  private static final long MILLIS_PER_ENTRY = 2;
  private static final int TRIES = 4;

  private final Bench bench;
  private final NodeProcess writer;
  private final NodeProcess reader;
  private String ticket = "";

  private Pair(Bench bench, NodeProcess writer, NodeProcess reader) {
    this.bench = bench;
    this.writer = writer;
    this.reader = reader;
  }

  /** Starts two nodes, in memory or each in a new folder. */
  static Pair start(Bench bench, NodeKind kind, boolean folder) {
    NodeProcess writer = bench.node(kind, folder);
    try {
      return new Pair(bench, writer, bench.node(kind, folder));
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  NodeProcess writer() {
    return writer;
  }

  NodeProcess reader() {
    return reader;
  }

  /** As {@link #prepare(int, boolean)}, without the times of single entries. */
  void prepare(int entries) {
    prepare(entries, false);
  }

  /**
   * Makes a document of so many entries that the reader keeps empty, watches, and does not sync yet.
   *
   * @param track whether the reader remembers when each entry came, which takes memory
   */
  void prepare(int entries, boolean track) {
    writer.ask("create");
    writer.ask("subscribe");
    bench.insert(writer, "k", entries, Bench.MANY);
    ticket = writer.ask("share", Map.of("mode", "Write")).text();
    reader.ask("import", Map.of("ticket", ticket, "policy", "nothing"));
    reader.ask("subscribe", Map.of("track", track));
  }

  /**
   * What syncing took.
   *
   * @param millis until the event that ends it
   * @param cpuMillis the processor time of both processes until then
   */
  record Cost(double millis, double cpuMillis) {}

  /** As {@link #sync(int, int, Runnable)}, with nothing to do in between. */
  Optional<Cost> sync(int more, int total) {
    return sync(more, total, () -> {});
  }

  /**
   * Starts to sync on the reader's side, and waits until it has so many more entries, {@code total} in all.
   *
   * @param arrived runs when the events of all of them have come, before the reader counts: a real node lists them all for that
   * @return what it took until the event of the last one; empty when it took a second start, or when all entries came but
   *     not all events: some real nodes do both now and then
   */
  Optional<Cost> sync(int more, int total, Runnable arrived) {
    writer.ask("reset");
    reader.ask("reset");
    double cpu = cpuMillis();
    double begun = startSync();
    Optional<Double> last = inserts(more);
    Optional<Cost> cost = last.map(time -> new Cost(time - begun, cpuMillis() - cpu));
    if (cost.isPresent()) {
      arrived.run();
    }
    // Events tell when the entries came; that they are all there, only counting tells.
    for (int tries = 1; count() != total; tries++) {
      if (tries == TRIES) {
        throw new BenchException("the reader has " + count() + " entries, not " + total);
      }
      cost = Optional.empty();
      startSync();
      inserts(more);
    }
    return cost;
  }

  /**
   * Starts to sync on the reader's side, which lacks nothing.
   *
   * @return what it took until the event of the session's end, as whose failure real nodes may report it; empty when there
   *     was none
   */
  Optional<Cost> syncNothing() {
    writer.ask("reset");
    reader.ask("reset");
    double cpu = cpuMillis();
    double begun = startSync();
    long started = bench.environment().ticker().nanos();
    while (bench.millisSince(started) < PATIENCE.toMillis()) {
      Json ended = reader.ask("ev").at("syncs").first();
      if (!ended.isNull()) {
        return Optional.of(new Cost(ended.at("t").number() - begun, cpuMillis() - cpu));
      }
      Pause.of(BETWEEN_LOOKS);
    }
    return Optional.empty();
  }

  /** Both leave the document. */
  void leave() {
    leaveReader();
    writer.ask("leave");
  }

  /** The reader leaves the document. */
  void leaveReader() {
    reader.ask("leave");
  }

  private double startSync() {
    return reader.ask("startSync", Map.of("ticket", ticket)).number();
  }

  private Optional<Double> inserts(int count) {
    Duration patience = PATIENCE.plusMillis(count * MILLIS_PER_ENTRY);
    Map<String, Long> args = Map.of("n", (long) count, "timeout", patience.toMillis());
    Json time = reader.ask("waitInserts", args, patience.multipliedBy(2));
    return time.isNull() ? Optional.empty() : Optional.of(time.number());
  }

  /** Waits for events of remote inserts on the reader's side. */
  void awaitInserts(int count) {
    if (inserts(count).isEmpty()) {
      throw new BenchException("%d updates were to come, not all of them came".formatted(count));
    }
  }

  private double cpuMillis() {
    return writer.cpuMillis() + reader.cpuMillis();
  }

  int count() {
    return (int) reader.ask("count", Map.of(), Bench.LONGEST).number();
  }

  /** Waits until each is the other's neighbour in the document's swarm. */
  void awaitNeighbors() {
    for (NodeProcess process : new NodeProcess[] {writer, reader}) {
      if (process.ask("waitNeighbor", Map.of("n", 1, "timeout", PATIENCE.toMillis()), PATIENCE.multipliedBy(2)).isNull()) {
        throw new BenchException("the two nodes did not become neighbours");
      }
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } finally {
      writer.close();
    }
  }
}
