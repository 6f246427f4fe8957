package org.docs4j.engine.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.docs4j.api.model.EndpointSecret;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.api.spi.Environment;
import org.docs4j.api.spi.transport.BidiStream;
import org.docs4j.api.spi.transport.Connection;
import org.docs4j.api.spi.transport.Endpoint;
import org.docs4j.engine.ranger.Entries;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;
import org.docs4j.engine.wire.SyncMessageCodec;
import org.docs4j.tck.sim.SimEnvironment;
import org.docs4j.tck.sim.SimNetwork;

/** A peer of a node that sends whatever bytes it is told to. */
final class HostilePeer {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final SimEnvironment sim;
  private final SyncNode node;
  private final Endpoint endpoint;
  private final List<ByteArrayOutputStream> received = new ArrayList<>();

  HostilePeer(SimEnvironment sim, SimNetwork network, Environment environment, SyncNode node) {
    this.sim = sim;
    this.node = node;
    this.endpoint = network.endpoint(EndpointSecret.random(environment.random()), environment);
  }

  static byte[] frame(SyncMessage message) {
    return SyncMessageCodec.encodeFrame(message);
  }

  static byte[] init(Part... parts) {
    return frame(new SyncMessage.Init(Entries.NAMESPACE.id(), new RangeMessage(List.of(parts))));
  }

  Connection connect() {
    return node.await(endpoint.connect(node.endpoint.addr(), SessionContext.ALPN).toCompletableFuture());
  }

  /** Sends bytes on a fresh session, as far as they are taken, and reads until the stream or the connection ends. */
  void send(boolean finish, byte[]... pieces) {
    Connection connection = connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    for (byte[] piece : pieces) {
      CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(piece)).toCompletableFuture();
      sim.runUntil(() -> written.isDone() || isClosed(connection), LIMIT);
    }
    if (finish) {
      node.await(stream.send().finish().toCompletableFuture());
    }
    received.add(new ByteArrayOutputStream());
    readAll(stream);
    sim.runUntil(() -> isClosed(connection), LIMIT);
  }

  /** Answers whatever comes with the same message, after a pause, until the node ends the session; returns how often. */
  int insist(byte[] init, byte[] message, Duration pause) {
    Connection connection = connect();
    BidiStream stream = node.await(connection.openBidi().toCompletableFuture());
    received.add(new ByteArrayOutputStream());
    int sent = 0;
    boolean open = true;
    byte[] next = init;
    while (open) {
      CompletableFuture<Void> written = stream.send().write(ByteBuffer.wrap(next)).toCompletableFuture();
      sim.runUntil(() -> written.isDone() || isClosed(connection), LIMIT);
      next = message;
      sent++;
      sim.run(pause);
      while (open && frames(received.get(received.size() - 1)) < sent) {
        open = readOnce(stream);
      }
    }
    sim.runUntil(() -> isClosed(connection), LIMIT);
    return sent;
  }

  private static int frames(ByteArrayOutputStream session) {
    ByteBuffer bytes = ByteBuffer.wrap(session.toByteArray());
    int frames = 0;
    while (bytes.remaining() >= 4 && bytes.remaining() - 4 >= bytes.getInt(bytes.position())) {
      bytes.position(bytes.position() + 4 + bytes.getInt(bytes.position()));
      frames++;
    }
    return frames;
  }

  static boolean isClosed(Connection connection) {
    return connection.closed().toCompletableFuture().isDone();
  }

  private void readAll(BidiStream stream) {
    boolean more = true;
    while (more) {
      more = readOnce(stream);
    }
  }

  private boolean readOnce(BidiStream stream) {
    var read = stream.receive().read(1 << 16).toCompletableFuture();
    sim.runUntil(read::isDone, LIMIT);
    if (read.isCompletedExceptionally() || read.join().isEmpty()) {
      return false;
    }
    ByteBuffer bytes = read.join().get();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    received.get(received.size() - 1).writeBytes(copy);
    return true;
  }

  /** The messages that came back as a whole, of all sessions. */
  List<SyncMessage> messages() {
    List<SyncMessage> messages = new ArrayList<>();
    for (int session = 0; session < received.size(); session++) {
      messages.addAll(messages(session));
    }
    return messages;
  }

  private List<SyncMessage> messages(int session) {
    List<SyncMessage> messages = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(received.get(session).toByteArray());
    while (bytes.remaining() >= 4 && bytes.remaining() - 4 >= bytes.getInt(bytes.position())) {
      byte[] body = new byte[bytes.getInt()];
      bytes.get(body);
      messages.add(SyncMessageCodec.decode(body));
    }
    return messages;
  }

  /** The entries that came back. */
  List<SignedEntry> entries() {
    List<SignedEntry> entries = new ArrayList<>();
    for (SyncMessage message : messages()) {
      if (message instanceof SyncMessage.Sync sync) {
        for (Part part : sync.message().parts()) {
          if (part instanceof Part.RangeItem items) {
            items.values().forEach(value -> entries.add(value.entry()));
          }
        }
      }
    }
    return entries;
  }
}
