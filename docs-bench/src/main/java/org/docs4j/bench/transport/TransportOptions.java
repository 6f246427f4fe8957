package org.docs4j.bench.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for.
 *
 * @param rounds how often everything is measured
 * @param mebibytes how much is sent at a time
 * @param warmUps how often it is sent before it counts
 * @param handshakes how many connections count
 * @param requests how many requests count
 * @param connections how many are idle at the end
 * @param only the names of what is measured, some of {@link #PARTS}
 */
record TransportOptions(
    int rounds, int mebibytes, int warmUps, int handshakes, int requests, int connections, List<String> only) {
  /** Everything that can be measured, in the order of the table. */
  static final List<String> PARTS = List.of("handshakes", "requests", "one-stream", "streams", "idle");

  static final String USAGE =
      """
      usage: run transport [--only NAME,NAME,...] [--rounds N] [--mebibytes N] [--warm-ups N] [--handshakes N]
                           [--requests N] [--connections N]
      to be measured: %s\
      """.formatted(String.join(", ", PARTS));

  private static final Map<String, String> DEFAULTS = Map.of(
      "--rounds", "5",
      "--mebibytes", "256",
      "--warm-ups", "12",
      "--handshakes", "300",
      "--requests", "3000",
      "--connections", "1000",
      "--only", String.join(",", PARTS));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static TransportOptions parse(String... args) {
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
    return new TransportOptions(
        positive(given.get("--rounds")),
        positive(given.get("--mebibytes")),
        positive(given.get("--warm-ups")),
        positive(given.get("--handshakes")),
        positive(given.get("--requests")),
        positive(given.get("--connections")),
        known(List.of(given.get("--only").split(","))));
  }

  private static List<String> known(List<String> names) {
    if (!PARTS.containsAll(names)) {
      throw new IllegalArgumentException("there is " + PARTS + " to be measured, not all of " + names);
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

  /** The same as arguments. */
  List<String> arguments() {
    return List.of(
        "--rounds", String.valueOf(rounds), "--mebibytes", String.valueOf(mebibytes), "--warm-ups",
        String.valueOf(warmUps), "--handshakes", String.valueOf(handshakes), "--requests", String.valueOf(requests),
        "--connections", String.valueOf(connections), "--only", String.join(",", only));
  }
}
