package org.docs4j.gossip.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.TopicId;
import org.docs4j.api.spi.transport.CloseInfo;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.api.spi.transport.ReceiveStream;
import org.docs4j.api.spi.transport.SendStream;
import org.docs4j.api.wire.PostcardReader;
import org.docs4j.gossip.proto.Message;
import org.docs4j.gossip.proto.PeerData;
import org.docs4j.gossip.wire.FrameReader;
import org.docs4j.gossip.wire.Frames;
import org.docs4j.gossip.wire.MessageCodec;
import org.docs4j.gossip.wire.PeerDataCodec;

/** A peer that a test plays itself: keeps what it is sent, and sends what no node would. */
final class RawPeer {
  final Endpoint endpoint;
  final List<Connection> connections = new ArrayList<>();
  final List<Incoming> streams = new ArrayList<>();
  final List<CloseInfo> closed = new ArrayList<>();
  private final SimSwarm swarm;

  /** One stream of the node's, as far as it has come. */
  static final class Incoming {
    final List<byte[]> frames = new ArrayList<>();
    boolean ended;

    TopicId topic() {
      return TopicId.of(frames.get(0));
    }

    List<Message> messages() {
      return frames.stream().skip(1).map(frame -> MessageCodec.read(new PostcardReader(frame))).toList();
    }
  }

  RawPeer(SimSwarm swarm, String name) {
    this.swarm = swarm;
    this.endpoint = swarm.bare(name);
    endpoint.accept(GossipNode.ALPN, this::use);
  }

  Connection dial(SimSwarm.Node node) {
    Connection connection =
        swarm.sim.conditions().result("dialling", endpoint.connect(node.endpoint.addr(), GossipNode.ALPN));
    use(connection);
    return connection;
  }

  private void use(Connection connection) {
    connections.add(connection);
    connection.closed().thenAccept(closed::add);
    acceptNext(connection);
  }

  private void acceptNext(Connection connection) {
    connection
        .acceptUni()
        .thenAccept(
            stream -> {
              Incoming incoming = new Incoming();
              streams.add(incoming);
              read(incoming, stream, new FrameReader(1 << 20));
              acceptNext(connection);
            });
  }

  private void read(Incoming incoming, ReceiveStream stream, FrameReader reader) {
    stream
        .read(1000)
        .thenAccept(
            data -> {
              if (data.isEmpty()) {
                incoming.ended = true;
                return;
              }
              ByteBuffer bytes = data.get();
              for (Optional<byte[]> frame = reader.next(bytes); frame.isPresent(); frame = reader.next(bytes)) {
                incoming.frames.add(frame.get());
              }
              read(incoming, stream, reader);
            });
  }

  /** Opens a stream and writes the given frames. */
  SendStream open(Connection connection, byte[]... frames) {
    SendStream stream = swarm.sim.conditions().result("opening", connection.openUni());
    for (byte[] frame : frames) {
      write(stream, frame);
    }
    return stream;
  }

  void write(SendStream stream, byte[] frame) {
    swarm.sim.conditions().result("writing", stream.write(ByteBuffer.wrap(frame)));
  }

  /** Opens a stream for the topic of the tests. */
  SendStream openTopic(Connection connection, Message... messages) {
    SendStream stream = open(connection, Frames.header(SimSwarm.TOPIC));
    for (Message message : messages) {
      write(stream, Frames.message(message));
    }
    return stream;
  }

  /** All messages of the node, stream by stream. */
  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    streams.stream().filter(stream -> !stream.frames.isEmpty()).forEach(stream -> messages.addAll(stream.messages()));
    return messages;
  }

  PeerData data() {
    return PeerData.of(PeerDataCodec.write(endpoint.addr()));
  }
}
