package org.docs4j.bench;

/**
 * How many entries a second one node writes through its public interface, each into a new document.
 *
 * @param name the name by which it is chosen
 * @param folder whether the node keeps its documents in a folder, with the defaults of its kind
 */
record InsertScenario(String name, boolean folder) implements Scenario {
  private static final int[] IN_FLIGHT = {1, Bench.MANY};

  @Override
  public void run(Bench bench, NodeKind kind) {
    try (NodeProcess process = bench.node(kind, folder)) {
      int count = bench.options().inserts();
      for (int inFlight : IN_FLIGHT) {
        bench.warmUp(process, inFlight);
        process.ask("create");
        double cpu = process.cpuMillis();
        double perSecond = bench.insert(process, "k", count, inFlight);
        cpu = process.cpuMillis() - cpu;
        String what = "insert of %,d, %s, %d in flight".formatted(count, folder ? "disk" : "memory", inFlight);
        bench.results().add(Row.perSecond("local " + what), kind, perSecond);
        bench.results().add(Row.millis("processor time, " + what), kind, cpu);
      }
    }
  }
}
