package org.docs4j.transport.quic;

/** Counts the streams that are open on all connections of an endpoint, against a limit. Confined to the event loop. */
final class StreamPlaces {
  private final int most;
  private int open;

  StreamPlaces(int most) {
    this.most = most;
  }

  /** Whether one more may be open. */
  boolean hasRoom() {
    return open < most;
  }

  void opened() {
    open++;
  }

  /** So many are over. */
  void left(int streams) {
    open -= streams;
  }

  /** How many there may be. */
  int most() {
    return most;
  }
}
