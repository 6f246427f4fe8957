package org.docs4j.engine.session;

/** Told how sessions that a peer began have ended. */
@FunctionalInterface
public interface AcceptListener {
  /** Takes the result of a session. */
  void onEnd(AcceptedSession session, SessionResult result);
}
