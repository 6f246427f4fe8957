package org.docs4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.docs4j.api.spi.Environment;

/**
 * What a scenario works with.
 *
 * @param environment threads and time
 * @param folder a temporary folder
 * @param options what the user asked for
 * @param results takes the figures
 */
record Bench(Environment environment, Path folder, Options options, Results results) {
  /** How many inserts are in flight where the number does not matter. */
  static final int MANY = 64;

  /**
   * Into how many documents a writer writes before it is measured. With one alone, code would be compiled as if there were
   * only one, and anew when the measurement begins.
   */
  static final int WARM_UP_DOCUMENTS = 8;

  /** Where nodes listen: any free port that only this machine can reach. */
  static final String LOOPBACK = "127.0.0.1:0";

  /** No single command may take longer. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final double NANOS_PER_MILLI = 1e6;

  /** Starts a process with its node in memory, or in a new folder. */
  NodeProcess node(NodeKind kind, boolean inFolder) {
    if (!inFolder) {
      return node(kind, Map.of());
    }
    try {
      return node(kind, Map.of("path", Files.createTempDirectory(folder, "node").toString()));
    } catch (IOException e) {
      throw new BenchException("cannot make a folder in " + folder, e);
    }
  }

  private NodeProcess node(NodeKind kind, Map<String, String> where) {
    NodeProcess process = process(kind);
    Map<String, String> args = new HashMap<>(where);
    args.put("bind", LOOPBACK);
    process.ask("start", args);
    return process;
  }

  /** Starts a process without a node. */
  NodeProcess process(NodeKind kind) {
    return new NodeProcess(environment, kind, folder.resolve("standard-error.txt"));
  }

  double millisSince(long earlierNanos) {
    return environment.ticker().since(earlierNanos).toNanos() / NANOS_PER_MILLI;
  }

  /** Writes the warm-up's entries into each of some documents that are not used for anything else. */
  void warmUp(NodeProcess process, int inFlight) {
    for (int i = 0; i < WARM_UP_DOCUMENTS; i++) {
      process.ask("create");
      insert(process, "w", options.warmUp(), inFlight);
    }
  }

  /** Writes entries without content into the current document; returns how many a second. */
  double insert(NodeProcess process, String prefix, int count, int inFlight) {
    Map<String, ?> args = Map.of("n", count, "conc", inFlight, "mode", "hash", "prefix", prefix);
    return process.ask("insert", args, LONGEST).at("perSec").number();
  }
}
