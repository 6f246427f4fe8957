package org.docs4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.docs4j.api.DocsException;
import org.docs4j.api.spi.Environment;

/**
 * Measures whole nodes in processes of their own, ours and optionally another kind in turn, and prints one table.
 *
 * <p>The module's README says what the rows mean. Exits with 0 when everything was measured, 1 when something failed and
 * 2 when the command line makes no sense.
 */
public final class SideBySide {
  private SideBySide() {}

  /** Runs it; see {@link Options#USAGE}. */
  public static void main(String[] args) throws IOException {
    Options options;
    if (List.of(args).contains("--help")) {
      System.out.println(Options.USAGE);
      return;
    }
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path folder = Files.createTempDirectory("docs-bench");
    Results results = new Results();
    try (Environment environment = Environment.system()) {
      measure(new Bench(environment, folder, options, results));
    } finally {
      delete(folder);
    }
    System.exit(results.failures().isEmpty() ? 0 : 1);
  }

  private static void measure(Bench bench) {
    Options options = bench.options();
    List<NodeKind> kinds = NodeKind.all(options, bench.folder());
    List<Scenario> chosen = Scenarios.ALL.stream().filter(scenario -> options.only().contains(scenario.name())).toList();
    int rounds = Math.max(options.rounds(), options.roundsLarge());
    for (int round = 1; round <= rounds; round++) {
      for (Scenario scenario : chosen) {
        for (NodeKind kind : kinds) {
          if (scenario.takesPart(kind, round, options)) {
            System.err.printf("round %d of %d: %s, %s%n", round, rounds, scenario.name(), kind.name());
            attempt(bench, scenario, kind);
          }
        }
      }
    }
    System.out.println(conditions(options, kinds));
    System.out.println(bench.results().table(kinds));
    bench.results().notes().forEach(note -> System.out.println("note: " + note));
    bench.results().failures().forEach(failure -> System.out.println("FAILED: " + failure));
  }

  private static void attempt(Bench bench, Scenario scenario, NodeKind kind) {
    try {
      scenario.run(bench, kind);
    } catch (DocsException e) {
      bench.results().fail(scenario.name() + ", " + kind.name() + ": " + e.getMessage());
    }
  }

  private static String conditions(Options options, List<NodeKind> kinds) {
    String others = kinds.size() > 1 ? " The ratio is how many times better ours is than the best other one." : "";
    return """
        Docs4J on JDK %s (%s) with the launcher's options, %s %s, %d processors; %d rounds, %d of documents from %,d \
        entries on%s, each node a process of its own on 127.0.0.1.
        Median (minimum-maximum).%s Warm-up before each measurement, but for start and cold: each writer writes %,d \
        entries, as many in flight, to each of %d other documents, each pair syncs such a document, and again, ours %,d \
        times with pauses of %d ms, others %d times with pauses of %d ms; before small documents %d new ones of %,d; %,d \
        live updates do not count.
        """.formatted(
            System.getProperty("java.version"),
            System.getProperty("java.vm.name"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            options.rounds(),
            options.roundsLarge(),
            Options.LARGE,
            kinds.size() > 1 ? " in turn" : "",
            others,
            options.warmUp(),
            Bench.WARM_UP_DOCUMENTS,
            SyncScenario.WARM_UP_AGAIN_OURS,
            SyncScenario.BETWEEN_WARM_UPS_OURS.toMillis(),
            SyncScenario.WARM_UP_AGAIN,
            SyncScenario.BETWEEN_WARM_UPS.toMillis(),
            SyncScenario.FRESH_DOCUMENTS,
            SyncScenario.FRESH_SIZE,
            LiveUpdates.WARM_UP);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
