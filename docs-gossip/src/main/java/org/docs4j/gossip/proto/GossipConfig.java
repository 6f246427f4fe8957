package org.docs4j.gossip.proto;

/**
 * The parameters of gossip. The size of messages has to be the same in a whole swarm.
 *
 * @param membership of HyParView
 * @param broadcast of PlumTree
 * @param maxMessageBytes how long a message may be on the wire, 512 to 16384
 */
public record GossipConfig(MembershipConfig membership, BroadcastConfig broadcast, int maxMessageBytes) {
  /** The smallest limit for messages that peers accept (WIRE 5.1). */
  public static final int MIN_MESSAGE_BYTES = 512;

  /** The largest limit for messages here. */
  public static final int MAX_MESSAGE_BYTES = 16_384;

  /** Two tags, the id, two bytes of length, the tag of the scope and one byte of round (WIRE 5.1, 5.2). */
  private static final int GOSSIP_OVERHEAD = 38;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the size of messages is out of range
   */
  public GossipConfig {
    if (maxMessageBytes < MIN_MESSAGE_BYTES || maxMessageBytes > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "messages have a limit from " + MIN_MESSAGE_BYTES + " to " + MAX_MESSAGE_BYTES + " bytes");
    }
  }

  /** The values of WIRE 5. */
  public static GossipConfig defaults() {
    return new GossipConfig(MembershipConfig.defaults(), BroadcastConfig.defaults(), 4_096);
  }

  /** The longest content that everyone accepts: its message is shorter than the limit. */
  public int maxContentBytes() {
    return maxMessageBytes - 1 - GOSSIP_OVERHEAD;
  }
}
