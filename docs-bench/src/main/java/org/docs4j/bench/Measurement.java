package org.docs4j.bench;

import java.util.OptionalDouble;

/** Adds figures of one pair of nodes to the results. */
record Measurement(Results results, NodeKind kind, Pair pair) {
  static Measurement of(Bench bench, NodeKind kind, Pair pair) {
    return new Measurement(bench.results(), kind, pair);
  }

  /** Syncs, and adds the time and what it costs both processes; {@code more} entries come, then there are {@code total}. */
  void sync(String what, int more, int total) {
    double cpu = pair.cpuMillis();
    OptionalDouble millis = more == 0 ? pair.syncNothing() : pair.sync(more, total);
    cpu = pair.cpuMillis() - cpu;
    if (millis.isPresent()) {
      results.add(Row.millis(what), kind, millis.getAsDouble());
      results.add(Row.millis("processor time, both, " + what), kind, cpu);
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
