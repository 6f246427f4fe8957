package org.docs4j.gossip.proto;

import org.docs4j.api.model.EndpointId;

/**
 * A peer as others hear of it.
 *
 * @param id who
 * @param data what is known of it
 */
public record PeerInfo(EndpointId id, PeerData data) {}
