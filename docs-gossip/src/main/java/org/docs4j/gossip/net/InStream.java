package org.docs4j.gossip.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.docs4j.api.MalformedMessageException;
import org.docs4j.api.model.Bytes32;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.wire.FrameReader;
import org.docs4j.gossip.wire.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * One stream from a peer: a topic, then messages. What is no topic or no message is read and dropped, because a stream
 * that is refused ends all sending in some nodes (WIRE 5.1). For the gossip thread.
 */
final class InStream {
  private static final int READ_BYTES = 16 << 10;

  private final PeerConnection connection;
  private final ReceiveStream stream;
  private final FrameReader frames;
  private long oversized;
  private boolean hopeless;
  private @Nullable TopicId topic;

  InStream(PeerConnection connection, ReceiveStream stream) {
    this.connection = connection;
    this.stream = stream;
    this.frames = new FrameReader(connection.context().maxMessageBytes());
  }

  void read() {
    connection.context().then(stream.read(READ_BYTES), this::take, this::end);
  }

  private void take(Optional<ByteBuffer> data) {
    if (data.isEmpty()) {
      end(null);
      return;
    }
    if (!hopeless) {
      ByteBuffer bytes = data.get();
      for (Optional<byte[]> frame = frames.next(bytes); frame.isPresent(); frame = frames.next(bytes)) {
        take(frame.get());
      }
      if (frames.oversized() > oversized) {
        oversized = frames.oversized();
        connection.debug("passed over a message that is too long", null);
      }
    }
    read();
  }

  /** The stream is over, by its end or by a failure; what has come of a frame that is not whole is dropped. */
  private void end(@Nullable Throwable failure) {
    if (!hopeless && !frames.atBoundary()) {
      connection.debug("a stream ended within a frame", failure);
    }
    connection.inEnded(this);
  }

  private void take(byte[] frame) {
    TopicId known = topic;
    if (hopeless) {
      return;
    }
    if (known == null) {
      // A frame that was too long has been passed over, and with it the topic.
      if (frame.length == Bytes32.SIZE && frames.oversized() == 0) {
        topic = TopicId.of(frame);
      } else {
        hopeless = true;
        connection.debug("a stream names no topic", null);
      }
      return;
    }
    try {
      Message message = MessageCodec.read(new PostcardReader(frame));
      connection.received(known, message);
    } catch (MalformedMessageException e) {
      connection.debug("dropped a message that does not decode", e);
    }
  }
}
