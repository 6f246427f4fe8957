package org.docs4j.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Two warm nodes: initial sync at several sizes, syncing again after a few changes, and live updates. */
final class SyncScenario implements Scenario {
  private static final int DIFFERENCES = 10;
  private static final int REPETITIONS = 5;
  private static final int UPDATES = 200;
  private static final int LIVE_WARM_UP = 50;
  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(10);
  private static final Duration AFTER_LEAVE = Duration.ofMillis(500);
  private static final double MEDIAN = 0.5;
  private static final double LAST_HUNDREDTH = 0.99;

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    try (Pair pair = Pair.start(bench, kind)) {
      pair.prepare(bench.options().warmUp());
      pair.sync(bench.options().warmUp(), bench.options().warmUp());
      leave(pair);
      for (int size : bench.options().sizes()) {
        pair.prepare(size);
        measure(bench, kind, pair, "initial sync of %,d".formatted(size), size, size);
        if (size == bench.options().greatestSize()) {
          live(bench, kind, pair);
          resync(bench, kind, pair, size + LIVE_WARM_UP + UPDATES);
        }
        leave(pair);
      }
    }
  }

  /** Syncs, and adds the time and what it costs both processes. */
  static void measure(Bench bench, NodeKind kind, Pair pair, String what, int more, int total) {
    double cpu = pair.cpuMillis();
    OptionalDouble millis = pair.sync(more, total);
    cpu = pair.cpuMillis() - cpu;
    if (millis.isPresent()) {
      bench.results().add(Row.millis(what), kind, millis.getAsDouble());
      bench.results().add(Row.millis("processor time, both, " + what), kind, cpu);
    } else {
      bench.results().note("%s: one %s is left out: it took a second start, or not all events of its entries came".formatted(kind.name(), what));
    }
  }

  private static void leave(Pair pair) {
    pair.reader().ask("leave");
    pair.writer().ask("leave");
  }

  private static void resync(Bench bench, NodeKind kind, Pair pair, int size) {
    String what = "sync again, %d new of %,d".formatted(DIFFERENCES, bench.options().greatestSize());
    int total = size;
    for (int i = 0; i < REPETITIONS; i++) {
      pair.reader().ask("leave");
      // Real nodes refuse a session while they still wind up the last one, and do not try again.
      Pause.of(AFTER_LEAVE);
      bench.insert(pair.writer(), "again" + i, DIFFERENCES, 1);
      if (pair.count() != total) {
        throw new BenchException(kind.name() + " went on to sync after leave");
      }
      total += DIFFERENCES;
      measure(bench, kind, pair, what, DIFFERENCES, total);
    }
  }

  private static void live(Bench bench, NodeKind kind, Pair pair) {
    pair.awaitNeighbors();
    pair.reader().ask("reset");
    for (int i = 0; i < LIVE_WARM_UP; i++) {
      pair.writer().ask("set", Map.of("k", "warm%08d".formatted(i), "v", "warm"));
    }
    pair.awaitInserts(LIVE_WARM_UP);
    pair.reader().ask("reset");
    List<Double> written = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      written.add(pair.writer().ask("set", Map.of("k", key(i), "v", "live " + i)).at("t").number());
      Pause.of(BETWEEN_UPDATES);
    }
    pair.awaitInserts(UPDATES);
    Json seen = pair.reader().ask("seen");
    List<Double> delays = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      delays.add(seen.at(key(i)).number() - written.get(i));
    }
    Row median = Row.millis("live update, set to event, p50");
    Row last = Row.millis("live update, set to event, p99");
    bench.results().add(median, kind, Percentiles.percentile(delays, MEDIAN));
    bench.results().add(last, kind, Percentiles.percentile(delays, LAST_HUNDREDTH));
  }

  private static String key(int number) {
    return "live%08d".formatted(number);
  }
}
