package org.docs4j.api.spi.transport;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.model.EndpointAddr;
import org.docs4j.api.model.EndpointId;

/** One node on the network: dials and accepts connections under one identity. Safe to use from any thread. */
public interface Endpoint extends AutoCloseable {
  /** Who this is. */
  EndpointId id();

  /**
   * The id with the addresses at which others may reach it, at least one and each complete (transport216); loopback
   * addresses only where nothing else is bound.
   */
  EndpointAddr addr();

  /**
   * Dials a peer for one protocol (transport210). Known addresses of the address book are tried beside those given. Each
   * call makes a connection of its own; whatever became of earlier ones, a peer that is there again is reached again
   * (transport217).
   *
   * <p>Somebody else at one address does not end the search at the others. The stage fails with
   * {@link org.docs4j.api.TransportException}: when no address is known, none answers within the time-out of the
   * transport (30 s at most), or who answers is not the peer that was dialled (transport211); where that is so at every
   * address, it is an {@link org.docs4j.api.PeerIdentityException} with the reason.
   */
  default CompletionStage<Connection> connect(EndpointAddr peer, Alpn alpn) {
    return connect(peer, List.of(alpn));
  }

  /**
   * The same for one of several protocols, in one handshake (transport218): {@link Connection#alpn} tells on both sides
   * which. If the peer takes more than one of them, it is the one that it began to take first. Fails if it takes none.
   *
   * @param protocols one or more
   * @throws IllegalArgumentException if there is none
   */
  CompletionStage<Connection> connect(EndpointAddr peer, List<Alpn> protocols);

  /**
   * Sets who takes incoming connections of a protocol (transport212). A protocol without handler is refused during the
   * handshake. Of several that a peer offers, the one that was set first is taken.
   *
   * @throws IllegalArgumentException if the protocol has a handler already
   */
  void accept(Alpn alpn, ConnectionHandler handler);

  /**
   * Remembers addresses of a peer beside those known (transport213). Of a peer at most 64 addresses are kept, and at
   * most 16,384 peers in all: those that were learnt or used last.
   */
  void learn(EndpointAddr peer);

  /** What is known of a peer's addresses: learnt, or seen on a live connection (transport213). */
  Optional<EndpointAddr> known(EndpointId peer);

  /**
   * Closes all connections with code 0, lets streams that are finished arrive for a short while, and frees the socket
   * (transport214): what was sent on them arrives if the peer is reading. Dialling fails from now on. Idempotent,
   * waits.
   */
  @Override
  void close();
}
