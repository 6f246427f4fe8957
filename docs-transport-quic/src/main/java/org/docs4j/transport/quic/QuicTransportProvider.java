package org.docs4j.transport.quic;

import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.EndpointConfig;
import org.docs4j.api.spi.transport.TransportProvider;

/** The transport named {@code quic}: QUIC version 1 over one UDP socket, for dialling and accepting. */
public final class QuicTransportProvider implements TransportProvider {
  /** Makes a provider, which does nothing until {@link #bind}. */
  public QuicTransportProvider() {}

  @Override
  public String name() {
    return "quic";
  }

  @Override
  public boolean persistent() {
    return false;
  }

  /**
   * Binds a UDP socket; options are those of the module's README.
   *
   * @throws org.docs4j.api.AddressInUseException if the port is taken
   * @throws org.docs4j.api.TransportException if an option is unknown or out of range, the native QUIC library is
   *     missing or the address is not one of this machine; nothing is left open then
   */
  @Override
  public Endpoint bind(EndpointConfig config) {
    return QuicEndpoint.bind(config);
  }
}
