package org.docs4j.api.spi.gossip;

import java.util.Map;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.Provider;
import org.docs4j.api.spi.transport.Endpoint;

/** Starts gossip on an endpoint; found with {@link java.util.ServiceLoader}. */
public interface GossipProvider extends Provider {
  /**
   * Starts gossip and registers its protocols with the endpoint.
   *
   * @param endpoint owned by the caller, closed after the gossip
   * @param environment threads, clocks and random numbers; owned by the caller
   * @param options settings by name, as the README of the provider lists them; unknown names are refused
   */
  Gossip start(Endpoint endpoint, Environment environment, Map<String, String> options);
}
