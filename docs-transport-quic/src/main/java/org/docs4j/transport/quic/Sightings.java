package org.docs4j.transport.quic;

import org.docs4j.api.model.EndpointId;

/** Notes in an address book who was met where. */
record Sightings(AddressBook book, EndpointId self) {
  /** A peer has proved who it is; on the event loop. */
  void saw(QuicConnection connection, Handshake handshake) {
    EndpointId peer = connection.remoteId();
    if (!peer.equals(self)) {
      connection
          .remoteAddress()
          .ifPresent(address -> book.seen(peer, address, handshake.kind().orElseThrow()));
    }
  }
}
