package org.docs4j.api;

import java.time.Duration;
import java.util.Optional;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.Timestamp;

/**
 * How a sync session with a peer went.
 *
 * @param peer with whom
 * @param origin who began it
 * @param failure why it failed, in one sentence; empty when both sides were equal at its end
 * @param sent how many entries went to the peer
 * @param received how many entries came from the peer, rejected ones not counted
 * @param rejected how many entries of the peer were refused because they are not valid or too large
 * @param started when it began
 * @param duration how long it took
 */
public record SyncReport(
    EndpointId peer,
    Origin origin,
    Optional<String> failure,
    long sent,
    long received,
    long rejected,
    Timestamp started,
    Duration duration) {
  /** Who began a session, and why. */
  public enum Origin {
    /** The peer connected. */
    ACCEPT,
    /** This side connected because the application asked for it. */
    DIRECT_JOIN,
    /** This side connected because the peer became a neighbour. */
    NEW_NEIGHBOR,
    /** This side connected because the peer reported news. */
    SYNC_REPORT,
    /** This side connected again because of a report that came during a session. */
    RESYNC
  }

  /** Whether it succeeded. */
  public boolean succeeded() {
    return failure.isEmpty();
  }
}
