package org.docs4j.gossip.proto;

/** What peers say to each other within a topic (WIRE 5.2). */
public sealed interface Message permits MembershipMessage, BroadcastMessage {
  /** The largest number of hops that a message can tell. */
  int MAX_HOPS = 0xFFFF;
}
