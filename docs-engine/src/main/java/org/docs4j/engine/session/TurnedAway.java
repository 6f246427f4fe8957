package org.docs4j.engine.session;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Sessions for which there was no room: one line of the log a second for each peer, however many it begins. Safe to use
 * from any thread.
 */
final class TurnedAway {
  private static final System.Logger LOG = System.getLogger(TurnedAway.class.getName());

  /** How long those of a peer are counted together. */
  static final Duration SPACING = Duration.ofSeconds(1);

  private final Environment environment;
  private final Map<EndpointId, Integer> counts = new ConcurrentHashMap<>();

  TurnedAway(Environment environment) {
    this.environment = environment;
  }

  /** Counts a session of a peer. */
  void add(EndpointId peer) {
    if (counts.merge(peer, 1, Integer::sum) == 1) {
      environment.executor().schedule(SPACING, environment.executor().compute(), () -> log(peer));
    }
  }

  private void log(EndpointId peer) {
    @Nullable Integer count = counts.remove(peer);
    LOG.log(System.Logger.Level.INFO, "too many sessions: turned {0} of {1} away", count, peer.shortText());
  }
}
