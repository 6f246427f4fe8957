package org.docs4j.tck.transport;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.TransportProvider;

/** A transport with flaws over one without. */
record FlawedProvider(TransportProvider inner, Set<TransportFlaw> flaws, Map<InetSocketAddress, EndpointId> bound)
    implements TransportProvider {
  FlawedProvider(TransportProvider inner, Set<TransportFlaw> flaws) {
    this(inner, flaws, new HashMap<>());
  }

  @Override
  public String name() {
    return "flawed";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public Endpoint bind(EndpointConfig config) {
    Map<String, String> options = flaws.contains(TransportFlaw.IGNORES_OPTIONS) ? Map.of() : config.options();
    Endpoint endpoint =
        bindInner(new EndpointConfig(config.secret(), config.bind(), options, config.environment()));
    bound.put(endpoint.addr().ipAddresses().get(0), endpoint.id());
    return new FlawedEndpoint(endpoint, flaws, bound);
  }

  private Endpoint bindInner(EndpointConfig config) {
    try {
      return inner.bind(config);
    } catch (AddressInUseException e) {
      if (!flaws.contains(TransportFlaw.SHARES_PORTS)) {
        throw e;
      }
      InetSocketAddress other = new InetSocketAddress(config.bind().getAddress(), 0);
      return inner.bind(new EndpointConfig(config.secret(), other, config.options(), config.environment()));
    }
  }
}
