package org.docs4j.transport.quic;

import org.docs4j.api.model.EndpointId;

/** Notes in an address book who was met where. */
record Sightings(AddressBook book, EndpointId self) {
  /** A peer that was dialled has proved who it is; on the event loop. */
  void saw(QuicConnection connection, Handshake handshake) {
    note(connection, handshake, false);
  }

  /** A peer that dialled has proved who it is; on the event loop. */
  void met(QuicConnection connection, Handshake handshake) {
    note(connection, handshake, true);
  }

  private void note(QuicConnection connection, Handshake handshake, boolean cameByItself) {
    EndpointId peer = connection.remoteId();
    if (!peer.equals(self)) {
      connection
          .remoteAddress()
          .ifPresent(address -> book.seen(peer, address, handshake.kind().orElseThrow(), cameByItself));
    }
  }
}
