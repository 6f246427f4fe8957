package org.docs4j.engine.live;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.model.EndpointId;

/** What {@link LiveState} knows of one document; times in nanoseconds of the ticker. */
final class DocState {
  private final Map<EndpointId, PeerState> peers = new TreeMap<>();
  private boolean active;
  private long changes;
  private long firstSeen;
  private long lastSeen;
  private boolean timed;
  private boolean checked;
  private long lastCheck;

  Map<EndpointId, PeerState> peers() {
    return peers;
  }

  /** Something was stored. */
  void change() {
    changes++;
  }

  /** How many times something was stored. */
  long changes() {
    return changes;
  }

  /** Gossip was sent or came. */
  void seen(long now) {
    if (!active) {
      active = true;
      firstSeen = now;
    }
    lastSeen = now;
  }

  /** A session that began at a time has made both sides equal, as far as what was gossiped before is concerned. */
  void synced(long began) {
    if (lastSeen - began <= 0) {
      active = false;
    }
  }

  /** Whether there was gossip that no session has followed. */
  boolean isActive() {
    return active;
  }

  void checked(long now) {
    active = false;
    checked = true;
    lastCheck = now;
  }

  /** How long until a session is to make sure that no gossip was lost. */
  Duration untilCheck(long now) {
    long spacing = LiveState.CHECK_SPACING.toNanos();
    long wait = Math.min(lastSeen + LiveState.CHECK_QUIET.toNanos() - now, firstSeen + spacing - now);
    if (checked) {
      wait = Math.max(wait, lastCheck + spacing - now);
    }
    return Duration.ofNanos(Math.max(0, wait));
  }

  /** Whether a time is to be set that was not before. */
  boolean beginTimer() {
    boolean first = !timed;
    timed = true;
    return first;
  }

  void endTimer() {
    timed = false;
  }
}
