package org.docs4j.transport.quic;

import java.time.Duration;

/** How long the channels of reset streams are kept, and how many of them one endpoint keeps. Confined to its event loop. */
final class Lingering {
  /** So many of all connections, of a few KiB each. */
  static final int MAX = 16_384;

  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Duration time;
  private int kept;

  /** For connections that end after a time without any packet: by then a reset is acknowledged, or nobody waits for it. */
  Lingering(Duration idle) {
    time = idle.plus(MARGIN);
  }

  /** How long a channel is kept. */
  Duration time() {
    return time;
  }

  /** Counts a channel that is kept from now on; returns whether that is not too many. */
  boolean add() {
    return ++kept <= MAX;
  }

  /** So many are not kept any more. */
  void remove(int channels) {
    kept -= channels;
  }
}
