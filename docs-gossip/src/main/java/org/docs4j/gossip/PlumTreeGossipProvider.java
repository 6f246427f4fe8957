package org.docs4j.gossip;

import java.time.Duration;
import java.util.Map;
import org.docs4j.api.ProviderException;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.gossip.Gossip;
import org.docs4j.api.spi.gossip.GossipProvider;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.gossip.net.GossipNode;
import org.docs4j.gossip.proto.BroadcastConfig;
import org.docs4j.gossip.proto.GossipConfig;
import org.docs4j.gossip.proto.MembershipConfig;

/**
 * Gossip with HyParView membership and PlumTree broadcast over {@code /iroh-gossip/1} (WIRE 5).
 *
 * <p>Its name is {@code plumtree}. Options, all whole numbers: {@value #MAX_MESSAGE_BYTES} from 512 to 16384, 4096 by
 * default, the same in a whole swarm; {@value #ACTIVE_PEERS} from 1 to 64, 5 by default; {@value #PASSIVE_PEERS} from 1
 * to 1024, 30 by default; {@value #REJOIN_SECONDS} from 1 to 3600, 30 by default.
 */
public final class PlumTreeGossipProvider implements GossipProvider {
  /** The option for the longest message, in bytes. */
  public static final String MAX_MESSAGE_BYTES = "max-message-bytes";

  /** The option for the number of neighbours in a topic. */
  public static final String ACTIVE_PEERS = "active-peers";

  /** The option for the number of peers remembered to replace neighbours. */
  public static final String PASSIVE_PEERS = "passive-peers";

  /** The option for the longest pause between attempts to find a neighbour, in seconds. */
  public static final String REJOIN_SECONDS = "rejoin-seconds";

  /** Does nothing: providers are made to be asked for their names. */
  public PlumTreeGossipProvider() {}

  @Override
  public String name() {
    return "plumtree";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ProviderException if an option is unknown, no number or out of range
   * @throws IllegalArgumentException if the endpoint has gossip already
   */
  @Override
  public Gossip start(Endpoint endpoint, Environment environment, Map<String, String> options) {
    return GossipNode.start(endpoint, environment, config(options));
  }

  static GossipConfig config(Map<String, String> options) {
    int maxMessageBytes = 4096;
    int active = 5;
    int passive = 30;
    int rejoin = 30;
    for (Map.Entry<String, String> option : options.entrySet()) {
      switch (option.getKey()) {
        case MAX_MESSAGE_BYTES -> maxMessageBytes =
            number(option, GossipConfig.MIN_MESSAGE_BYTES, GossipConfig.MAX_MESSAGE_BYTES);
        case ACTIVE_PEERS -> active = number(option, 1, 64);
        case PASSIVE_PEERS -> passive = number(option, 1, 1024);
        case REJOIN_SECONDS -> rejoin = number(option, 1, 3600);
        default -> throw new ProviderException("gossip plumtree has no option " + option.getKey());
      }
    }
    MembershipConfig membership =
        MembershipConfig.defaults()
            .withCapacities(active, passive)
            .withRejoinLimit(Duration.ofSeconds(rejoin));
    return new GossipConfig(membership, BroadcastConfig.defaults(), maxMessageBytes);
  }

  private static int number(Map.Entry<String, String> option, int min, int max) {
    try {
      int value = Integer.parseInt(option.getValue());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new ProviderException("option " + option.getKey() + " of gossip plumtree is no number", e);
    }
    throw new ProviderException(
        "option " + option.getKey() + " of gossip plumtree is a number from " + min + " to " + max);
  }
}
