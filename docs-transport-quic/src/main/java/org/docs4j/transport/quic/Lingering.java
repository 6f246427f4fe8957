package org.docs4j.transport.quic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long the channels of reset streams are kept, and how many of them one endpoint keeps. Confined to its event loop. */
final class Lingering {
  /** So many of all connections, of a few KiB each. */
  static final int MAX = 16_384;

  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Duration time;
  private final Map<ResetStreams, Integer> perConnection = new LinkedHashMap<>();
  private int kept;

  /** For connections that end after a time without any packet: by then a reset is acknowledged, or nobody waits for it. */
  Lingering(Duration idle) {
    time = idle.plus(MARGIN);
  }

  /** How long a channel is kept. */
  Duration time() {
    return time;
  }

  /** Counts a channel that a connection keeps from now on; if all keep too many, the connection that keeps most is ended. */
  void add(ResetStreams connection) {
    perConnection.merge(connection, 1, Integer::sum);
    if (++kept > MAX) {
      perConnection.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> most.getKey().tooMany());
    }
  }

  /** A connection does not keep so many any more. */
  void remove(ResetStreams connection, int channels) {
    kept -= channels;
    perConnection.computeIfPresent(connection, (same, before) -> before == channels ? null : before - channels);
  }
}
