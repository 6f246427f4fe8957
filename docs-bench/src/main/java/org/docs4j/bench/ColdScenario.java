package org.docs4j.bench;

/** What somebody sees who starts two nodes and syncs at once: time without any warm-up, and what they occupy then. */
final class ColdScenario implements Scenario {
  private static final int ENTRIES = 10_000;

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    try (Pair pair = Pair.start(bench, kind)) {
      pair.prepare(ENTRIES);
      SyncScenario.measure(bench, kind, pair, "initial sync of %,d, cold".formatted(ENTRIES), ENTRIES, ENTRIES);
      occupied(bench, kind, "writer", pair.writer());
      occupied(bench, kind, "reader", pair.reader());
    }
  }

  private static void occupied(Bench bench, NodeKind kind, String who, NodeProcess process) {
    Json resident = process.ask("rss").at("rssMiB");
    if (!resident.isNull()) {
      Row row = Row.mebibytes("resident memory after that, %s".formatted(who));
      bench.results().add(row, kind, resident.number());
    }
  }
}
