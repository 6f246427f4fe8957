package org.docs4j.tck.sim;

import java.time.Duration;

/**
 * How a simulated network behaves. Start from {@link #defaults()} and change what matters.
 *
 * @param latency how long things take one way
 * @param streamWindow how many bytes a stream holds that were sent and not read, from 1
 * @param connectionWindow the same for all streams of one direction of a connection together, from 1
 * @param frame how many bytes travel together at most, from 1; a read gives at most as many
 * @param streams how many streams of one kind each side may have open in a connection, from 1
 * @param dialTimeout when dialling gives up
 * @param idleTimeout when a connection ends of which nothing arrives; while the way is free it is kept alive
 * @param linger how long {@code Endpoint.close()} waits for finished streams to be read
 * @param discovery whether a peer of which only the id is known is found nevertheless
 */
public record SimNetworkConfig(
    Latency latency,
    int streamWindow,
    int connectionWindow,
    int frame,
    int streams,
    Duration dialTimeout,
    Duration idleTimeout,
    Duration linger,
    boolean discovery) {

  /** Checks the ranges. */
  public SimNetworkConfig {
    if (Math.min(Math.min(streamWindow, connectionWindow), Math.min(frame, streams)) < 1) {
      throw new IllegalArgumentException("windows, frames and streams are counted from 1");
    }
  }

  /**
   * 10 ms one way, windows of 256 KiB and 1 MiB, frames of 16 KiB, 100 streams, 30 s until time-outs, 500 ms to linger,
   * no discovery. Time-outs and the number of streams are those of real nodes (INTEROP 6).
   */
  public static SimNetworkConfig defaults() {
    return new SimNetworkConfig(
        Latency.fixed(Duration.ofMillis(10)),
        256 * 1024,
        1024 * 1024,
        16 * 1024,
        100,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        false);
  }

  /** These settings without latency, for tests on real time. */
  public static SimNetworkConfig instant() {
    return defaults().withLatency(Latency.fixed(Duration.ZERO));
  }

  /** The same with another latency. */
  public SimNetworkConfig withLatency(Latency other) {
    return new SimNetworkConfig(
        other, streamWindow, connectionWindow, frame, streams, dialTimeout, idleTimeout, linger, discovery);
  }

  /** The same with other windows, in bytes. */
  public SimNetworkConfig withWindows(int stream, int connection) {
    return new SimNetworkConfig(
        latency, stream, connection, frame, streams, dialTimeout, idleTimeout, linger, discovery);
  }

  /** The same with other frames, in bytes; one byte splits all that can be split. */
  public SimNetworkConfig withFrame(int bytes) {
    return new SimNetworkConfig(
        latency, streamWindow, connectionWindow, bytes, streams, dialTimeout, idleTimeout, linger, discovery);
  }

  /** The same with another number of streams. */
  public SimNetworkConfig withStreams(int number) {
    return new SimNetworkConfig(
        latency, streamWindow, connectionWindow, frame, number, dialTimeout, idleTimeout, linger, discovery);
  }

  /** The same with other time-outs. */
  public SimNetworkConfig withTimeouts(Duration dial, Duration idle) {
    return new SimNetworkConfig(
        latency, streamWindow, connectionWindow, frame, streams, dial, idle, linger, discovery);
  }

  /** The same with or without discovery. */
  public SimNetworkConfig withDiscovery(boolean on) {
    return new SimNetworkConfig(
        latency, streamWindow, connectionWindow, frame, streams, dialTimeout, idleTimeout, linger, on);
  }
}
