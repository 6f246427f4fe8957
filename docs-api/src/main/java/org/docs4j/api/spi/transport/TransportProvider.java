package org.docs4j.api.spi.transport;

import org.docs4j.api.spi.Provider;

/** Binds endpoints of one kind of transport; found with {@link java.util.ServiceLoader}. */
public interface TransportProvider extends Provider {
  /**
   * Binds an endpoint; when this returns, peers can reach it and it can dial (transport201).
   *
   * @throws org.docs4j.api.AddressInUseException if the port is taken (transport202)
   * @throws org.docs4j.api.TransportException if it cannot be bound for another reason; an option that is not known is
   *     one, and is named (transport203)
   */
  Endpoint bind(EndpointConfig config);
}
