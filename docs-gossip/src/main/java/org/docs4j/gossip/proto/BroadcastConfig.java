package org.docs4j.gossip.proto;

import java.time.Duration;

/**
 * The parameters of PlumTree, and the limits of what a topic keeps for it.
 *
 * @param graftFirst how long an announced message may take before it is asked for
 * @param graftNext how long the answer may take before the next announcer is asked
 * @param dispatchDelay how long announcements gather
 * @param optimizationThreshold by how many rounds another way must be shorter to be preferred
 * @param contentRetention how long messages are kept for those who ask for them
 * @param idRetention how long a message is recognised when it comes again
 * @param evictInterval time between two looks for old messages
 * @param maxContents messages kept at most
 * @param maxContentBytes bytes of messages kept at most
 * @param maxIds messages recognised at most
 * @param maxMissing announced messages waited for at most
 * @param maxMissingPerPeer of these, announced by one peer
 */
public record BroadcastConfig(
    Duration graftFirst,
    Duration graftNext,
    Duration dispatchDelay,
    int optimizationThreshold,
    Duration contentRetention,
    Duration idRetention,
    Duration evictInterval,
    int maxContents,
    long maxContentBytes,
    int maxIds,
    int maxMissing,
    int maxMissingPerPeer) {

  /** The values of WIRE 5.4; the limits are our own. */
  public static BroadcastConfig defaults() {
    return new BroadcastConfig(
        Duration.ofMillis(80),
        Duration.ofMillis(40),
        Duration.ofMillis(5),
        7,
        Duration.ofSeconds(30),
        Duration.ofSeconds(90),
        Duration.ofSeconds(1),
        8_192,
        2L << 20,
        32_768,
        16_384,
        8_192);
  }
}
