package org.docs4j.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two warm nodes: initial sync at several sizes, syncing again after a few changes, and live updates. */
final class SyncScenario implements Scenario {
  private static final int DIFFERENCES = 10;
  private static final int REPETITIONS = 5;
  private static final int UPDATES = 200;
  private static final int LIVE_WARM_UP = 50;
  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double MEDIAN = 0.5;
  private static final double LAST_HUNDREDTH = 0.99;

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    try (Pair pair = Pair.start(bench, kind)) {
      initialSync(pair, bench.options().warmUp());
      leave(pair);
      for (int size : bench.options().sizes()) {
        double millis = initialSync(pair, size);
        bench.results().add(Row.millis("initial sync of %,d".formatted(size)), kind, millis);
        if (size == bench.options().greatestSize()) {
          live(bench, kind, pair);
          resync(bench, kind, pair, size + LIVE_WARM_UP + UPDATES);
        }
        leave(pair);
      }
    }
  }

  private static double initialSync(Pair pair, int size) {
    pair.prepare(size);
    return pair.sync(size, size);
  }

  private static void leave(Pair pair) {
    pair.reader().ask("leave");
    pair.writer().ask("leave");
  }

  private static void resync(Bench bench, NodeKind kind, Pair pair, int size) {
    Row row = Row.millis("sync again, %d new of %,d".formatted(DIFFERENCES, bench.options().greatestSize()));
    int total = size;
    for (int i = 0; i < REPETITIONS; i++) {
      pair.reader().ask("leave");
      bench.insert(pair.writer(), "again" + i, DIFFERENCES, 1);
      if (pair.count() != total) {
        throw new BenchException(kind.name() + " went on to sync after leave");
      }
      total += DIFFERENCES;
      bench.results().add(row, kind, pair.sync(DIFFERENCES, total));
    }
  }

  private static void live(Bench bench, NodeKind kind, Pair pair) {
    pair.awaitNeighbors();
    pair.reader().ask("reset");
    for (int i = 0; i < LIVE_WARM_UP; i++) {
      pair.writer().ask("set", Map.of("k", "warm%08d".formatted(i), "v", "warm"));
    }
    pair.awaitInserts(LIVE_WARM_UP, PATIENCE);
    pair.reader().ask("reset");
    List<Double> written = new ArrayList<>();
    for (int i = 0; i < UPDATES; i++) {
      written.add(pair.writer().ask("set", Map.of("k", key(i), "v", "live " + i)).at("t").number());
      Pause.of(BETWEEN_UPDATES);
    }
    pair.awaitInserts(UPDATES, PATIENCE);
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
