package org.docs4j.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asked for.
 *
 * @param rounds how often everything is measured
 * @param inserts how many entries a local insert writes
 * @param warmUp how many entries each process writes, and each pair syncs, before it is measured
 * @param sizes the sizes of documents for initial sync, ascending
 * @param only the names of the scenarios
 * @param peer the program of another kind of node, if there is one
 * @param jvm further options for the JVM of our nodes
 */
record Options(
    int rounds, int inserts, int warmUp, List<Integer> sizes, Set<String> only, Optional<Path> peer, String jvm) {
  static final String USAGE =
      """
      usage: run [--rounds N] [--inserts N] [--warm-up N] [--sizes N,N,...] [--only NAME,NAME,...]
      scenarios: %s
      with -Ddocs.peer1x=PROGRAM another kind of node takes part; -Ddocs.jvm="OPTIONS" goes to the JVM of our nodes\
      """.formatted(String.join(", ", Scenario.ALL.stream().map(Scenario::name).toList()));

  private static final Options DEFAULTS =
      new Options(
          3,
          20_000,
          10_000,
          List.of(1000, 10_000),
          Set.copyOf(Scenario.ALL.stream().map(Scenario::name).toList()),
          Optional.ofNullable(System.getProperty("docs.peer1x")).map(Path::of),
          System.getProperty("docs.jvm", ""));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static Options parse(String... args) {
    Options options = DEFAULTS;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " stands alone");
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new Options(positive(value), inserts, warmUp, sizes, only, peer, jvm);
      case "--inserts" -> new Options(rounds, positive(value), warmUp, sizes, only, peer, jvm);
      case "--warm-up" -> new Options(rounds, inserts, positive(value), sizes, only, peer, jvm);
      case "--sizes" -> new Options(
          rounds, inserts, warmUp, Arrays.stream(value.split(",")).map(Options::positive).sorted().toList(), only, peer, jvm);
      case "--only" -> new Options(rounds, inserts, warmUp, sizes, names(value), peer, jvm);
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private static Set<String> names(String value) {
    Set<String> names = Set.of(value.split(","));
    if (!DEFAULTS.only.containsAll(names)) {
      throw new IllegalArgumentException("there are the scenarios " + DEFAULTS.only + ", not all of " + names);
    }
    return names;
  }

  private static int positive(String value) {
    int number = Integer.parseInt(value);
    if (number < 1) {
      throw new IllegalArgumentException(value + " is not above 0");
    }
    return number;
  }

  int greatestSize() {
    return sizes.get(sizes.size() - 1);
  }
}
