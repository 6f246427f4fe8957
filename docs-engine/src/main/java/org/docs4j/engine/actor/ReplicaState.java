package org.docs4j.engine.actor;

/**
 * Who has a replica open.
 *
 * @param handles how many handles there are, from 1
 * @param sync whether it is synced
 * @param subscribers how many are told of its entries
 */
public record ReplicaState(int handles, boolean sync, int subscribers) {}
