package org.docs4j.engine.session;

import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** Told how sessions that a peer began have ended. */
@FunctionalInterface
public interface AcceptListener {
  /**
   * Takes the result of a session.
   *
   * @param session the number that the decision gave it
   */
  void onEnd(NamespaceId namespace, EndpointId peer, long session, SessionResult result);
}
