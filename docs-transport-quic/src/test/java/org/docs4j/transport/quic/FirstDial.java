package org.docs4j.transport.quic;

import java.net.InetSocketAddress;
import java.util.List;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.transport.Endpoint;

/** A program that binds an endpoint and dials a peer: what it loads in between shows what {@code bind} had left to do. */
final class FirstDial {
  /** Loaded when the endpoint is bound. */
  static final class Bound {}

  /** Loaded when the peer is reached. */
  static final class Reached {}

  private FirstDial() {}

  /**
   * Dials once.
   *
   * @param arguments the kind of identity, as an option; the peer's id and its port on 127.0.0.1
   */
  public static void main(String[] arguments) throws Exception {
    try (Nodes nodes = new Nodes()) {
      Endpoint endpoint = nodes.bind("identity=" + arguments[0]);
      InetSocketAddress address = Nodes.loopback(Integer.parseInt(arguments[2]));
      EndpointAddr peer = EndpointAddr.of(EndpointId.parse(arguments[1]), List.of(address));
      new Bound();
      Nodes.await(endpoint.connect(peer, Nodes.ECHO));
      new Reached();
    }
  }
}
