package org.docs4j.bench;

import java.util.Map;

/** How long a node takes to start: the whole process, and the node in it. */
final class StartScenario implements Scenario {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Bench bench, NodeKind kind) {
    long begun = bench.environment().ticker().nanos();
    try (NodeProcess process = bench.process(kind)) {
      Json answer = process.ask("start", Map.of("bind", Bench.LOOPBACK));
      bench.results().add(Row.millis("start, new process to node ready"), kind, bench.millisSince(begun));
      bench.results().add(Row.millis("start, the node alone"), kind, answer.at("ms").number());
    }
  }
}
