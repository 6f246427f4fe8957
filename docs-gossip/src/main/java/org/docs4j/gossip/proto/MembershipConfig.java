package org.docs4j.gossip.proto;

import java.time.Duration;

/**
 * The parameters of HyParView and of joining.
 *
 * @param activeCapacity neighbours at most, from 1
 * @param passiveCapacity peers remembered at most, from 1
 * @param activeWalk hops of a ForwardJoin (ARWL)
 * @param passiveWalk hops left when a ForwardJoin is remembered (PRWL)
 * @param shuffleWalk hops of a Shuffle
 * @param shuffleActive neighbours named in a Shuffle
 * @param shufflePassive remembered peers named in a Shuffle
 * @param shuffleInterval time between two Shuffles
 * @param neighborTimeout how long a wish to be neighbours may stay unanswered, dialling included
 * @param rejoinFirst delay before peers that were not reached are contacted again for the first time
 * @param rejoinLimit where the doubling of that delay ends while there is no neighbour; with some, at twice as much
 */
public record MembershipConfig(
    int activeCapacity,
    int passiveCapacity,
    int activeWalk,
    int passiveWalk,
    int shuffleWalk,
    int shuffleActive,
    int shufflePassive,
    Duration shuffleInterval,
    Duration neighborTimeout,
    Duration rejoinFirst,
    Duration rejoinLimit) {

  /** The values of WIRE 5.3 (HyParView paper, page 9); the last two are our own. */
  public static MembershipConfig defaults() {
    return new MembershipConfig(
        5,
        30,
        6,
        3,
        6,
        3,
        4,
        Duration.ofSeconds(60),
        Duration.ofMillis(500),
        Duration.ofMillis(500),
        Duration.ofSeconds(30));
  }

  /** The same with other capacities. */
  public MembershipConfig withCapacities(int active, int passive) {
    return new MembershipConfig(
        active, passive, activeWalk, passiveWalk, shuffleWalk, shuffleActive, shufflePassive, shuffleInterval,
        neighborTimeout, rejoinFirst, rejoinLimit);
  }

  /** The same with another limit for the delay between attempts to join. */
  public MembershipConfig withRejoinLimit(Duration limit) {
    return new MembershipConfig(
        activeCapacity, passiveCapacity, activeWalk, passiveWalk, shuffleWalk, shuffleActive, shufflePassive,
        shuffleInterval, neighborTimeout, rejoinFirst, limit);
  }
}
