/**
 * The gossip protocol as plain code: HyParView keeps a small random set of neighbours for each topic, PlumTree spreads
 * messages over them along a tree that it learns and repairs (WIRE 5.3 and 5.4).
 *
 * <p>{@link org.docs4j.gossip.proto.GossipState} takes inputs and the time, and hands back what to do. Nothing here knows
 * threads, clocks, sockets or bytes on the wire. Sources: Leitão, Pereira, Rodrigues, "HyParView: a membership protocol
 * for reliable gossip-based broadcast" (2007) and "Epidemic broadcast trees" (2007).
 */
package org.docs4j.gossip.proto;
