package org.docs4j.engine.session;

import org.docs4j.api.AbortReason;

/** What becomes of a peer's request to sync. */
public sealed interface AcceptOutcome {
  /**
   * It is taken.
   *
   * @param session by which its end is reported
   */
  record Allow(long session) implements AcceptOutcome {}

  /**
   * It is declined.
   *
   * @param reason told to the peer
   */
  record Reject(AbortReason reason) implements AcceptOutcome {}
}
