package org.docs4j.blobs.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.EndpointId;
import org.docs4j.api.spi.Cancellable;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.blobs.proto.FetchQueue.Attempt;

/** What the downloader knows of one provider. For the downloader's executor only. */
final class PeerLink {
  final EndpointId id;
  final List<Attempt> waitingForConnection = new ArrayList<>();
  Optional<Connection> connection = Optional.empty();
  boolean connecting;
  int active;
  Optional<Cancellable> idleTimer = Optional.empty();

  PeerLink(EndpointId id) {
    this.id = id;
  }

  void stopIdleTimer() {
    idleTimer.ifPresent(Cancellable::cancel);
    idleTimer = Optional.empty();
  }
}
