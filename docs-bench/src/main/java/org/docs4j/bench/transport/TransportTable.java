package org.docs4j.bench.transport;

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
 * Measures the transport between two processes, through the seam and with the QUIC library alone, in turn, and prints
 * one table. Exits with 0 when everything was measured, 1 when a process failed, 2 when the command line makes no sense.
 */
public final class TransportTable {
  /** How rows end of which more is better. */
  static final String THROUGHPUT = "throughput [MB/s]";

  private static final List<String> KINDS = List.of("seam", "netty");

  private final TransportOptions options;
  private final Figures figures = new Figures();
  private final List<String> failures = new ArrayList<>();

  TransportTable(TransportOptions options) {
    this.options = options;
  }

  /** Runs it; see {@link TransportOptions#USAGE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.println(TransportOptions.USAGE);
      return;
    }
    TransportOptions options;
    try {
      options = TransportOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + TransportOptions.USAGE);
      System.exit(2);
      return;
    }
    TransportTable table = new TransportTable(options);
    System.out.println(table.run());
    System.exit(table.failures.isEmpty() ? 0 : 1);
  }

  /** Measures everything; the table, with what failed below it. */
  String run() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (String kind : KINDS) {
        System.err.printf(Locale.ROOT, "round %d of %d: %s%n", round, options.rounds(), kind);
        measure(kind);
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "JDK %s, %s %s, %d processors; %d rounds in turn, two new processes for each.%nMedian (minimum-maximum), and how many times better the seam is.%n%n",
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            options.rounds()));
    out.append(figures.comparison(KINDS.get(0), KINDS.get(1), row -> row.endsWith(THROUGHPUT)));
    failures.forEach(failure -> out.append("FAILED: ").append(failure).append('\n'));
    return out.toString();
  }

  /** Starts both processes with the options of this JVM. */
  private void measure(String kind) throws IOException, InterruptedException {
    Process acceptor = start(TransportAcceptor.class, List.of(kind));
    try (BufferedReader ready = acceptor.inputReader(StandardCharsets.UTF_8)) {
      String said = ready.lines().filter(line -> line.startsWith(TransportAcceptor.READY)).findFirst().orElse("");
      String[] parts = said.split("\t", -1);
      if (parts.length != 3) {
        failures.add("the acceptor of " + kind + " did not start");
        return;
      }
      List<String> arguments = new ArrayList<>(List.of(kind, parts[1], parts[2], String.valueOf(acceptor.pid())));
      arguments.addAll(options.arguments());
      Process dialler = start(TransportMeasurement.class, arguments);
      try (BufferedReader out = dialler.inputReader(StandardCharsets.UTF_8)) {
        out.lines().filter(line -> line.startsWith(TransportMeasurement.RESULT)).forEach(line -> add(kind, line));
      }
      if (dialler.waitFor() != 0) {
        failures.add("the dialler of " + kind + " ended with " + dialler.exitValue());
      }
    } finally {
      acceptor.outputWriter(StandardCharsets.UTF_8).close();
      acceptor.waitFor();
    }
  }

  private static Process start(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void add(String kind, String line) {
    String[] parts = line.split("\t", -1);
    figures.add(parts[1], kind, Double.parseDouble(parts[2]));
  }
}
