package org.docs4j.bench;

import java.util.Optional;

/** Adds figures of one pair of nodes to the results. */
record Measurement(Results results, NodeKind kind, Pair pair) {
  static Measurement of(Bench bench, NodeKind kind, Pair pair) {
    return new Measurement(bench.results(), kind, pair);
  }

  /** As {@link #sync(String, int, int, Runnable)}, with nothing to do in between. */
  void sync(String what, int more, int total) {
    sync(what, more, total, () -> {});
  }

  /**
   * Syncs, and adds the time and what it costs both processes; {@code more} entries come, then there are {@code total}.
   *
   * @param arrived runs when they have come, before they are counted
   */
  void sync(String what, int more, int total, Runnable arrived) {
    Optional<Pair.Cost> cost = more == 0 ? pair.syncNothing() : pair.sync(more, total, arrived);
    if (cost.isPresent()) {
      results.add(Row.millis(what), kind, cost.get().millis());
      results.add(Row.millis("processor time, both, " + what), kind, cost.get().cpuMillis());
    } else {
      results.note("%s: one %s is left out: it took a second start, or not all of its events came".formatted(kind.name(), what));
    }
  }

  /** Adds what each process occupies. */
  void memory(String what) {
    memory(what + ", writer", pair.writer());
    memory(what + ", reader", pair.reader());
  }

  private void memory(String what, NodeProcess process) {
    process.memory().ifPresent(memory -> {
      results.add(Row.mebibytes("resident at rest, " + what), kind, memory.resident());
      results.add(Row.mebibytes("of that anonymous, " + what), kind, memory.anonymous());
    });
  }
}
