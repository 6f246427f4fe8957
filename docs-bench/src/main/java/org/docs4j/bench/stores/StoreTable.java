package org.docs4j.bench.stores;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.docs4j.bench.Figures;

/**
 * Measures the stores, bare and with all indexes, each store and size of each round in a process of its own, and prints
 * one table. Exits with 0 when everything was measured, 1 when a process failed, 2 when the command line makes no sense.
 */
public final class StoreTable {
  private final StoreOptions options;
  private final Figures figures = new Figures();
  private final List<String> failures = new ArrayList<>();

  private StoreTable(StoreOptions options) {
    this.options = options;
  }

  /** Runs it; see {@link StoreOptions#USAGE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(StoreOptions.USAGE);
      return;
    }
    StoreOptions options;
    try {
      options = StoreOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + StoreOptions.USAGE);
      System.exit(2);
      return;
    }
    System.exit(new StoreTable(options).run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (int size : options.sizes()) {
        for (String store : options.stores()) {
          System.err.printf(Locale.ROOT, "round %d of %d: %s, %,d%n", round, options.rounds(), store, size);
          measure(store, size);
        }
      }
    }
    options.sizes().forEach(size -> {
      String insert = String.format(Locale.ROOT, "%,d: insert, batches of 1000, ", size);
      figures.compare(insert + "bare / indexed", insert + "bare [1/s]", insert + "indexed [1/s]");
    });
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %s %s, %d processors, at most %d MiB of heap; %d rounds in turn, each store and size in a process of its"
            + " own.%nMedian (minimum-maximum).%n%n",
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        options.rounds());
    System.out.println(figures.table(options.stores()));
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    return failures.isEmpty();
  }

  /** Starts the measurement with the options of this JVM. */
  private void measure(String store, int size) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StoreMeasurement.class.getName(), store, String.valueOf(size)));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().filter(line -> line.startsWith(StoreMeasurement.RESULT)).forEach(line -> add(store, line));
    }
    int code = process.waitFor();
    if (code != 0) {
      failures.add(store + " with " + size + " entries ended with " + code);
    }
  }

  private void add(String store, String line) {
    String[] parts = line.split("\t", -1);
    figures.add(parts[1], store, Double.parseDouble(parts[2]));
  }
}
