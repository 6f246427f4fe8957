package org.docs4j.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user asked for.
 *
 * @param rounds how often everything but the large sizes is measured
 * @param roundsLarge how often the sizes from {@link #LARGE} on are
 * @param inserts how many entries a local insert writes
 * @param warmUp how many entries each process writes into some documents, and each pair syncs, before it is measured
 * @param sizes the sizes of documents that are synced, ascending
 * @param sizesOwn further sizes, for our node only, ascending
 * @param differences how many entries one side lacks when they sync again, ascending
 * @param only the names of the scenarios
 * @param peer1x the command that starts a real 1.x node; empty: it takes no part
 * @param peer035 the command that starts a real 0.35 node; empty: it takes no part
 * @param jvm further options for the JVM of our nodes
 * @param launcherOptions the folder of {@link LauncherOptions}
 */
record Options(
    int rounds,
    int roundsLarge,
    int inserts,
    int warmUp,
    List<Integer> sizes,
    List<Integer> sizesOwn,
    List<Integer> differences,
    Set<String> only,
    List<String> peer1x,
    List<String> peer035,
    List<String> jvm,
    Path launcherOptions) {
  /** From this size on a document is a large one: measured in a pair of processes for itself, in fewer rounds. */
  static final int LARGE = 50_000;

  static final String USAGE =
      """
      usage: run [-Dname=value ...] [--only NAME,NAME,...] [--rounds N] [--rounds-large N] [--inserts N] [--warm-up N]
                 [--sizes N,N,...] [--sizes-own N,N,...] [--differences N,N,...]
      scenarios: %s
      -Ddocs.peer1x="COMMAND", -Ddocs.peer035="COMMAND": other kinds of node take part; -Ddocs.jvm="OPTIONS" goes to the JVM
      of our nodes\
      """.formatted(String.join(", ", Scenarios.names()));

  private static final Map<String, String> DEFAULTS = Map.of(
      "--rounds", "3",
      "--rounds-large", "2",
      "--inserts", "50000",
      "--warm-up", "10000",
      "--sizes", "1000,10000,100000",
      "--sizes-own", "1000000",
      "--differences", "0,1,10,100,1000",
      "--only", String.join(",", Scenarios.names()));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static Options parse(String... args) {
    Map<String, String> given = new HashMap<>(DEFAULTS);
    for (int i = 0; i < args.length; i += 2) {
      if (!DEFAULTS.containsKey(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " stands alone");
      }
      given.put(args[i], args[i + 1]);
    }
    return new Options(
        numbers(given.get("--rounds"), 1).get(0),
        numbers(given.get("--rounds-large"), 1).get(0),
        numbers(given.get("--inserts"), 1).get(0),
        numbers(given.get("--warm-up"), 1).get(0),
        numbers(given.get("--sizes"), 1),
        numbers(given.get("--sizes-own"), 1),
        numbers(given.get("--differences"), 0),
        names(given.get("--only")),
        words("docs.peer1x"),
        words("docs.peer035"),
        words("docs.jvm"),
        Path.of(System.getProperty("docs.launcherOptions", "../docs-cli/jvm")));
  }

  private static Set<String> names(String value) {
    Set<String> names = Set.of(value.split(","));
    if (!Scenarios.names().containsAll(names)) {
      throw new IllegalArgumentException("there are the scenarios " + Scenarios.names() + ", not all of " + names);
    }
    return names;
  }

  private static List<Integer> numbers(String value, int least) {
    return Arrays.stream(value.split(",")).map(text -> number(text, least)).sorted().toList();
  }

  private static int number(String text, int least) {
    int number = Integer.parseInt(text);
    if (number < least) {
      throw new IllegalArgumentException(text + " is below " + least);
    }
    return number;
  }

  private static List<String> words(String property) {
    return Arrays.stream(System.getProperty(property, "").split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** The sizes that share a pair of processes. */
  List<Integer> smallSizes() {
    return sizes.stream().filter(size -> size < LARGE).toList();
  }

  /** The sizes that get a pair of processes for each. */
  List<Integer> largeSizes() {
    return sizes.stream().filter(size -> size >= LARGE).toList();
  }
}
