package org.docs4j.bench;

import java.time.Duration;
import java.util.Map;

/** Two processes of one kind: one writes, the other one syncs from it. */
final class Pair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(5);

  private final Bench bench;
  private final NodeProcess writer;
  private final NodeProcess reader;
  private String ticket = "";

  private Pair(Bench bench, NodeProcess writer, NodeProcess reader) {
    this.bench = bench;
    this.writer = writer;
    this.reader = reader;
  }

  /** Starts two nodes in memory. */
  static Pair start(Bench bench, NodeKind kind) {
    NodeProcess writer = bench.memoryNode(kind);
    try {
      return new Pair(bench, writer, bench.memoryNode(kind));
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

  /** Makes a document of so many entries that the reader keeps empty, watches, and does not sync yet. */
  void prepare(int entries) {
    writer.ask("create");
    writer.ask("subscribe");
    bench.insert(writer, "k", entries, Bench.MANY);
    ticket = writer.ask("share", Map.of("mode", "Write")).text();
    reader.ask("import", Map.of("ticket", ticket, "policy", "nothing"));
    reader.ask("subscribe", Map.of("track", true));
  }

  /** Starts to sync on the reader's side; returns the milliseconds until it had so many more entries, {@code total} in all. */
  double sync(int more, int total) {
    writer.ask("reset");
    reader.ask("reset");
    double begun = reader.ask("startSync", Map.of("ticket", ticket)).number();
    double arrived = awaitInserts(more, PATIENCE);
    // Events tell when the entries came; that they are all there, only counting tells.
    long polling = bench.environment().ticker().nanos();
    boolean complete = count() == total;
    if (!complete) {
      awaitCount(total);
      arrived += bench.millisSince(polling);
    }
    return arrived - begun;
  }

  /** Waits for events of remote inserts on the reader's side; returns the time of the last one, on the reader's clock. */
  double awaitInserts(int count, Duration patience) {
    Map<String, Long> args = Map.of("n", (long) count, "timeout", patience.toMillis());
    Json time = reader.ask("waitInserts", args, patience.multipliedBy(2));
    if (time.isNull()) {
      throw new BenchException("only " + count() + " entries came, " + count + " were to come");
    }
    return time.number();
  }

  private void awaitCount(int total) {
    long begun = bench.environment().ticker().nanos();
    while (count() != total) {
      if (bench.environment().ticker().since(begun).compareTo(PATIENCE) > 0) {
        throw new BenchException("the reader has " + count() + " entries, not " + total);
      }
      Pause.of(POLL);
    }
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
