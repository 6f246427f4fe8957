package org.docs4j.transport.quic;

import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.docs4j.api.TransportException;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.ReceiveStream;

/** The streams that the peer of a connection opens, in the order of their numbers. Confined to the event loop, but for the stages. */
final class PeerStreams {
  private static final int NUMBER_SHIFT = 2;

  private final QuicConnection connection;
  private final StreamPlaces.Part places;
  private final AcceptQueue<BidiStream> bidi = new AcceptQueue<>();
  private final AcceptQueue<ReceiveStream> uni = new AcceptQueue<>();
  private final Map<Long, QuicStream> late = new HashMap<>();
  private long nextBidi;
  private long nextUni;

  PeerStreams(QuicConnection connection, StreamPlaces.Part places) {
    this.connection = connection;
    this.places = places;
  }

  CompletionStage<BidiStream> nextBidi() {
    return bidi.next();
  }

  CompletionStage<ReceiveStream> nextUni() {
    return uni.next();
  }

  /** Takes a stream, after all those that the peer must have opened before (RFC 9000, section 2.1). */
  void incoming(QuicStreamChannel channel) {
    long number = channel.streamId() >> NUMBER_SHIFT;
    long kind = channel.streamId() - (number << NUMBER_SHIFT);
    if (channel.type() == QuicStreamType.BIDIRECTIONAL) {
      for (; nextBidi <= number; nextBidi++) {
        expect(channel.type(), (nextBidi << NUMBER_SHIFT) + kind).map(QuicStream::bidi).ifPresent(bidi::offer);
      }
    } else {
      for (; nextUni <= number; nextUni++) {
        expect(channel.type(), (nextUni << NUMBER_SHIFT) + kind).map(QuicStream::receive).ifPresent(uni::offer);
      }
    }
    late.remove(channel.streamId()).attach(channel);
  }

  /** A stream that the peer has opened, unless there is no place for it: then it is refused as soon as it comes. */
  private Optional<QuicStream> expect(QuicStreamType type, long id) {
    if (places.hasRoom(false)) {
      QuicStream stream = connection.add(type, false);
      late.put(id, stream);
      return Optional.of(stream);
    }
    QuicStream refused = new QuicStream(connection, type, false);
    late.put(id, refused);
    refused.refuse();
    return Optional.empty();
  }

  void end(TransportException failure) {
    bidi.end(failure);
    uni.end(failure);
  }
}
