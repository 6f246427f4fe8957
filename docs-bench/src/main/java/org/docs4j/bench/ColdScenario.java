package org.docs4j.bench;

/** What somebody sees who starts two nodes and syncs at once: time without any warm-up. */
final class ColdScenario implements Scenario {
  private static final int ENTRIES = 10_000;

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    try (Pair pair = Pair.start(bench, kind, false)) {
      pair.prepare(ENTRIES);
      Measurement.of(bench, kind, pair).sync("initial sync of %,d, memory, cold".formatted(ENTRIES), ENTRIES, ENTRIES);
    }
  }
}
