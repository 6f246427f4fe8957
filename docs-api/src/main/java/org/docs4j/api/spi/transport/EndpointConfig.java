package org.docs4j.api.spi.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.spi.Environment;

/**
 * What an endpoint is bound with.
 *
 * @param secret the endpoint's identity
 * @param bind the local address; a wildcard address for all interfaces, port 0 for any free port
 * @param options settings of the transport by name, as its README lists them; unknown names are refused
 * @param environment threads, clocks and random numbers; owned by the caller
 */
public record EndpointConfig(
    EndpointSecret secret, InetSocketAddress bind, Map<String, String> options, Environment environment) {
  /** Copies the map. */
  public EndpointConfig {
    options = Map.copyOf(options);
  }
}
