package org.docs4j.transport.quic;

import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.quic.QuicChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All connections of an endpoint, and handshakes on the way to one. Confined to the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class Links {
  private final Map<QuicChannel, Link> links = new LinkedHashMap<>();
  private final Farewell farewell;
  private final Lingering lingering;
  private final StreamPlaces places;
  private boolean closed;

  Links(Farewell farewell, Lingering lingering, StreamPlaces places) {
    this.farewell = farewell;
    this.lingering = lingering;
    this.places = places;
  }

  Farewell farewell() {
    return farewell;
  }

  Lingering lingering() {
    return lingering;
  }

  StreamPlaces places() {
    return places;
  }

  /** Keeps a link until its channel closes; false if the endpoint is closing and the link must not be. */
  boolean add(QuicChannel channel, Link link) {
    if (closed) {
      return false;
    }
    links.put(channel, link);
    channel.closeFuture().addListener(gone -> links.remove(channel));
    return true;
  }

  /** From now on there are no new ones. */
  void close() {
    closed = true;
  }

  /** Whether a stream was finished whose last bytes may still be on their way. */
  boolean mayBeSending() {
    return links.values().stream().anyMatch(Link::mayBeSending);
  }

  /** Whether a connection has more to send than the network or its peer takes: packets may be lost there. */
  boolean isBlocked() {
    return links.values().stream().anyMatch(Link::isBlocked);
  }

  /** How many packets were sent on all connections. */
  long packetsSent() {
    long sum = 0;
    for (QuicChannel channel : links.keySet()) {
      sum += Packets.sent(channel);
    }
    return sum;
  }

  /** The longest time that a packet and its answer take on any connection, in milliseconds. */
  long roundTripMillis() {
    return links.keySet().stream().mapToLong(Packets::roundTripMillis).max().orElse(0);
  }

  /** Closes all with code 0; the futures complete when the last packet of each is sent. */
  List<ChannelFuture> closeAll() {
    List<ChannelFuture> closing = new ArrayList<>();
    new ArrayList<>(links.values()).forEach(link -> link.close().ifPresent(closing::add));
    return closing;
  }
}
