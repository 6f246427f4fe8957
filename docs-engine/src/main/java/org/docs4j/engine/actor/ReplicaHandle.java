package org.docs4j.engine.actor;

import org.docs4j.api.model.NamespaceId;

/**
 * One of the handles by which a replica is open, to be given back once. A handle says which one it is, so that giving it
 * back twice, or after the replica was dropped, does not close somebody else's.
 *
 * @param namespace the replica
 * @param number of the handle, unlike that of any other one of the node
 */
public record ReplicaHandle(NamespaceId namespace, long number) {}
