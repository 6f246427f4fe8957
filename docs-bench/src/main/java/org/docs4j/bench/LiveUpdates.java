package org.docs4j.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a change takes from one node of a pair to the other while both are in sync. */
final class LiveUpdates {
  private static final int UPDATES = 200;

  /** How many updates are not measured, one right after the other: so many until the code of our nodes is mostly compiled. */
  static final int WARM_UP = 1000;

  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(10);
  private static final double MEDIAN = 0.5;
  private static final double LAST_HUNDREDTH = 0.99;

  private LiveUpdates() {}

  /** Measures, and returns how many entries that has added. */
  static int measure(Bench bench, NodeKind kind, Pair pair) {
    pair.awaitNeighbors();
    pair.reader().ask("reset");
    for (int i = 0; i < WARM_UP; i++) {
      pair.writer().ask("set", Map.of("k", "warm%08d".formatted(i), "v", "warm"));
    }
    pair.awaitInserts(WARM_UP);
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
    return WARM_UP + UPDATES;
  }

  private static String key(int number) {
    return "live%08d".formatted(number);
  }
}
