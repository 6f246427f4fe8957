package org.docs4j.engine.session;

import org.docs4j.api.model.EndpointId;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.Timestamp;

/**
 * A session that a peer began and that was allowed.
 *
 * @param namespace the document
 * @param peer who began it
 * @param number the number that the decision gave it
 * @param started when the peer came with it
 * @param startedTicks the same on the ticker of the environment, in nanoseconds
 */
public record AcceptedSession(
    NamespaceId namespace, EndpointId peer, long number, Timestamp started, long startedTicks) {}
