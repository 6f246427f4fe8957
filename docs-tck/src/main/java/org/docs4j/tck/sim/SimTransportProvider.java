package org.docs4j.tck.sim;

import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.TransportProvider;

/** Binds endpoints on one simulated network. */
record SimTransportProvider(SimNetwork network) implements TransportProvider {
  @Override
  public String name() {
    return "sim";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public Endpoint bind(EndpointConfig config) {
    return network.bind(config);
  }
}
