package org.docs4j.engine.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.docs4j.api.spi.transport.Alpn;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.tck.sim.SimEnvironment;

/** The streams that come to an endpoint of a peer of the tests, one after the other. */
final class ComingStreams {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final SimEnvironment sim;
  private final Deque<BidiStream> streams = new ArrayDeque<>();

  /** How many connections came. */
  int connections;

  ComingStreams(SimEnvironment sim, Endpoint endpoint, Alpn protocol) {
    this.sim = sim;
    endpoint.accept(
        protocol,
        connection -> {
          connections++;
          take(connection);
        });
  }

  private void take(Connection connection) {
    connection
        .acceptBidi()
        .thenAccept(
            stream -> {
              streams.add(stream);
              take(connection);
            });
  }

  /** Waits for the next one. */
  BidiStream next() {
    sim.runUntil(() -> !streams.isEmpty(), LIMIT);
    return streams.remove();
  }
}
