package org.docs4j.bench.transport;

import java.util.List;

/**
 * What the user asked for.
 *
 * @param rounds how often everything is measured
 * @param mebibytes how much is sent at a time
 * @param warmUps how often it is sent before it counts
 * @param handshakes how many connections count
 * @param requests how many requests count
 * @param connections how many are idle at the end
 */
record TransportOptions(int rounds, int mebibytes, int warmUps, int handshakes, int requests, int connections) {
  static final String USAGE =
      "usage: run transport [--rounds N] [--mebibytes N] [--warm-ups N] [--handshakes N] [--requests N] [--connections N]";

  private static final TransportOptions DEFAULTS = new TransportOptions(5, 256, 12, 300, 3000, 1000);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it makes no sense
   */
  static TransportOptions parse(String... args) {
    TransportOptions options = DEFAULTS;
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " stands alone");
      }
      options = options.with(args[i], positive(args[i + 1]));
    }
    return options;
  }

  private TransportOptions with(String name, int value) {
    return switch (name) {
      case "--rounds" -> new TransportOptions(value, mebibytes, warmUps, handshakes, requests, connections);
      case "--mebibytes" -> new TransportOptions(rounds, value, warmUps, handshakes, requests, connections);
      case "--warm-ups" -> new TransportOptions(rounds, mebibytes, value, handshakes, requests, connections);
      case "--handshakes" -> new TransportOptions(rounds, mebibytes, warmUps, value, requests, connections);
      case "--requests" -> new TransportOptions(rounds, mebibytes, warmUps, handshakes, value, connections);
      case "--connections" -> new TransportOptions(rounds, mebibytes, warmUps, handshakes, requests, value);
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
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
        "--connections", String.valueOf(connections));
  }
}
