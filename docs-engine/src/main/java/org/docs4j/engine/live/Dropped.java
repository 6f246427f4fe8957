package org.docs4j.engine.live;

import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** Messages of a swarm that were dropped together: one line of the log for each peer, however many it sent. */
final class Dropped {
  private static final System.Logger LOG = System.getLogger(Dropped.class.getName());

  private final Map<EndpointId, Count> peers = new TreeMap<>();

  /** How many, and why the first of them. */
  private record Count(int messages, String reason) {
    Count plus(Count other) {
      return new Count(messages + other.messages, reason);
    }
  }

  /** Counts a message from a peer. */
  void add(EndpointId from, String reason) {
    peers.merge(from, new Count(1, reason), Count::plus);
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }

  /** Says what was dropped. */
  void log(NamespaceId namespace) {
    peers.forEach(
        (from, count) ->
            LOG.log(
                System.Logger.Level.INFO,
                "dropped {0} message(s) about {1} from {2}: {3}",
                count.messages(),
                namespace.shortText(),
                from.shortText(),
                count.reason()));
  }
}
