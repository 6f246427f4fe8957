package org.docs4j.bench.stores;

import java.util.Arrays;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param rounds how often everything is measured
 * @param sizes how many entries the documents have
 * @param stores the names of the stores
 */
record StoreOptions(int rounds, List<Integer> sizes, List<String> stores) {
  static final String USAGE =
      "usage: run stores [--rounds N] [--sizes N,N,...] [--stores NAME,NAME,...]   (stores: memory, lmdb, rocksdb)";

  private static final StoreOptions DEFAULTS =
      new StoreOptions(3, List.of(10_000, 100_000, 1_000_000), List.of("memory", "lmdb", "rocksdb"));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static StoreOptions parse(String... args) {
    StoreOptions options = DEFAULTS;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " stands alone");
      }
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private StoreOptions with(String name, String value) {
    return switch (name) {
      case "--rounds" -> new StoreOptions(positive(value), sizes, stores);
      case "--sizes" -> new StoreOptions(
          rounds, Arrays.stream(value.split(",")).map(StoreOptions::positive).sorted().toList(), stores);
      case "--stores" -> new StoreOptions(rounds, sizes, known(List.of(value.split(","))));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private static List<String> known(List<String> names) {
    if (!DEFAULTS.stores.containsAll(names)) {
      throw new IllegalArgumentException("there are the stores " + DEFAULTS.stores + ", not all of " + names);
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
}
