package org.docs4j.engine.session;

import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;

/** Decides whether a peer's request to sync a document is taken. */
@FunctionalInterface
public interface AcceptDecision {
  /** The decision; a failed stage counts as a problem of this side's own. */
  CompletionStage<AcceptOutcome> decide(NamespaceId namespace, EndpointId peer);
}
